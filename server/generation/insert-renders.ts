import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders, runRenders } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import {
  isToldOrder,
  namesFirst,
  orderedConcepts,
  rewordingOf,
} from "@/server/mining/domain/method-input";
import { readMethodInputs, type SaidOfPair } from "@/server/mining/read-method-inputs";
import { isDrawnTwice } from "@/server/realign/domain/drawn-twice";
import { drawTwice } from "@/server/realign/draw-twice";
import { plainPrompt } from "./domain/look-prompts";
import { inputHash } from "./hashes";
import { type Claim, insertClaims, type Run, type Wanted } from "./insert-claims";
import { type Attempted, reserveRenders } from "./pay-for-renders";
import { requeueRenders } from "./requeue-renders";
import type { Drawn } from "./run-settings";
import type { RenderInput } from "./schemas";

export type Claimed = Wanted & { renderId: string; state: string };

const CHUNK = 1000;

/**
 * Claims a run's renders: those that exist are shared, the others are inserted, stopped ones are queued anew.
 * What is queued by this is paid for from the budget of renders, all of it or none.
 */
export async function insertRenders(
  tx: Tx,
  run: Run,
  drawn: Drawn,
  wanted: readonly Wanted[],
): Promise<Claimed[]> {
  const said = await saidOfPairs(tx, run, drawn, wanted);
  const claimed: Claimed[] = [];
  const queued: Attempted[] = [];
  for (let start = 0; start < wanted.length; start += CHUNK) {
    const plain = wanted.slice(start, start + CHUNK).map((item) => claimOf(item, drawn, said));
    const { claims, firsts } = isDrawnTwice(drawn.revision.method)
      ? await drawTwice(tx, run, drawn, { claims: plain, said })
      : { claims: plain, firsts: [] };
    queued.push(...firsts, ...(await insertClaims(tx, run, drawn, claims)));
    const rows = await claimRenders(tx, run, drawn, claims);
    const stopped = rows.filter(({ state }) => state === "failed" || state === "cancelled");
    queued.push(
      ...(await requeueRenders(
        tx,
        stopped.map(({ renderId }) => renderId),
      )),
    );
    claimed.push(...rows);
  }
  await reserveRenders(tx, run.projectId, queued);
  return claimed;
}

/** Only a method that draws or judges by descriptions, or draws twice, is told; what it is told is a part of its input, so that an edit makes other renders. */
async function saidOfPairs(
  tx: Tx,
  { projectId }: Run,
  { revision }: Drawn,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, SaidOfPair>> {
  const { method, parameters } = revision;
  const isTold =
    isToldOrder(method) ||
    namesFirst(method, parameters.method_params) ||
    isDrawnTwice(method) ||
    parameters.reworded;
  if (!isTold) return new Map();
  const pairIds = new Set(wanted.flatMap(({ pairId }) => pairId ?? []));
  return readMethodInputs(tx, projectId, [...pairIds]);
}

function claimOf(
  wanted: Wanted,
  { revision, seedSet }: Drawn,
  said: ReadonlyMap<string, SaidOfPair>,
): Claim {
  const known = wanted.pairId ? said.get(wanted.pairId) : undefined;
  const { reworded, tagged_by: _, ...parameters } = revision.parameters;
  const input: RenderInput = {
    ...parameters,
    prompt: reworded ? otherWords(wanted, known) : wanted.prompt,
    seeds: seedSet.seeds,
    concepts: conceptsFor(revision, wanted.concepts, known),
  };
  return { wanted, input, hash: inputHash(input) };
}

/** Where a method is not told of them, they come as they stand in the pair. */
function conceptsFor(
  { method, parameters }: Drawn["revision"],
  concepts: Wanted["concepts"],
  said: SaidOfPair | undefined,
): RenderInput["concepts"] {
  const [a, b] = concepts;
  if (said && a && b) {
    if (isToldOrder(method)) return orderedConcepts([a, b], said);
    if (namesFirst(method, parameters.method_params))
      return orderedConcepts([a, b], { order: said.order, descriptions: null });
  }
  return concepts.map((text) => ({ text }));
}

/** A prompt of a pair's set in the words that its rewording has; what is about one concept or no set stays as it is. */
function otherWords({ prompt, pairId, concepts }: Wanted, known: SaidOfPair | undefined): string {
  const [a = "", b = ""] = concepts;
  if (!pairId || prompt === plainPrompt(a, b)) return prompt;
  const words = rewordingOf(known?.rewording, prompt);
  if (words) return words;
  throw new AppError(
    "CONFLICT",
    `Nobody has reworded the prompts of ${a} × ${b}: ask for “Prompts in other words” on the pairs page first.`,
  );
}

async function claimRenders(
  tx: Tx,
  run: Run,
  { revision }: Drawn,
  claims: readonly Claim[],
): Promise<Claimed[]> {
  const found = await tx
    .select({
      id: renders.id,
      promptId: renders.promptId,
      inputHash: renders.inputHash,
      state: renders.state,
    })
    .from(renders)
    .where(
      and(
        eq(renders.projectId, run.projectId),
        eq(renders.generatorRevisionId, revision.id),
        inArray(
          renders.promptId,
          claims.map(({ wanted }) => wanted.promptId),
        ),
      ),
    )
    .orderBy(renders.id)
    .for("update");
  const byInput = new Map(
    found.map((render) => [`${render.promptId} ${render.inputHash}`, render]),
  );
  const rows = claims.map(({ wanted, hash }) => {
    const render = byInput.get(`${wanted.promptId} ${hash}`);
    if (!render) throw new Error("A render that was just inserted is gone");
    return { ...wanted, renderId: render.id, state: render.state };
  });
  await tx
    .insert(runRenders)
    .values(
      rows.map(({ renderId, pairId, position }) => ({ runId: run.id, renderId, pairId, position })),
    );
  return rows;
}
