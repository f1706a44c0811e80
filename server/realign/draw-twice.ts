import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { plainPrompt } from "@/server/generation/domain/look-prompts";
import { hashOf, inputHash } from "@/server/generation/hashes";
import { type Claim, insertClaims, type Run } from "@/server/generation/insert-claims";
import type { Attempted } from "@/server/generation/pay-for-renders";
import { requeueRenders } from "@/server/generation/requeue-renders";
import type { Drawn } from "@/server/generation/run-settings";
import { enqueue } from "@/server/jobs/queue";
import type { SaidOfPair } from "@/server/mining/read-method-inputs";
import { reaskTags } from "./ask-for-tags";
import { objectsOf, phrasesOf } from "./domain/objects";
import { withObjects, withoutObjects } from "./domain/realigned-input";
import { readTags } from "./read-tags";

type Asked = { claims: readonly Claim[]; said: ReadonlyMap<string, SaidOfPair> };
type First = { id: string; state: string };

/**
 * A pair's prompt is drawn plainly first, by the same revision at the same seeds, and then again with what was found there. Where all of
 * that is known, the second image's input is whole at once, so that equal knowledge is the same render and an edit another one; where
 * not, the render waits under a hash of its own. One about a concept alone, or about no prompt of a set, is drawn plainly and once.
 */
export async function drawTwice(
  tx: Tx,
  run: Run,
  drawn: Drawn,
  { claims, said }: Asked,
): Promise<{ claims: Claim[]; firsts: Attempted[] }> {
  const isPlain = ({ wanted: { pairId, prompt, concepts } }: Claim) =>
    !pairId || prompt === plainPrompt(concepts[0] ?? "", concepts[1] ?? "");
  const once = claims.filter(isPlain);
  const twice = claims.filter((claim) => !isPlain(claim));
  if (twice.length === 0) return { claims: [...claims], firsts: [] };
  if (!drawn.revision.parameters.tagged_by) {
    throw new AppError(
      "CONFLICT",
      "This generator names no endpoint that says what stands where in its first images: make a revision that does.",
    );
  }
  const plain = twice.map(firstOf);
  const queued = await insertClaims(tx, run, drawn, plain);
  const firsts = await findFirsts(tx, drawn, plain);
  const waiting = await lockWaiting(
    tx,
    [...firsts.values()].map(({ id }) => id),
  );
  const tags = await readTags(
    tx,
    [...firsts.values()].map(({ id }) => id),
  );
  const made = twice.map((claim, at): Claim => {
    const first = firstIn(firsts, plain[at]);
    const phrases = phrasesOf(said.get(claim.wanted.pairId ?? "")?.phrases, claim.wanted.prompt);
    const found = tags.get(first.id);
    const [a = "", b = ""] = claim.wanted.concepts;
    if (!found || !phrases || waiting.has(first.id))
      return waitingFor(first.id, plain[at] ?? claim);
    const { prompt, seeds } = claim.input;
    const objects = objectsOf({ prompt, seeds, concepts: [a, b], phrases, tags: found });
    const input = withObjects(claim.input, objects);
    return { wanted: claim.wanted, input, hash: inputHash(input), firstRenderId: first.id };
  });
  const stopped = await takeUp(tx, made, firsts);
  return { claims: [...once, ...made], firsts: [...queued, ...stopped] };
}

function firstOf({ wanted, input }: Claim): Claim {
  const plain = withoutObjects(input);
  return { wanted, input: plain, hash: inputHash(plain) };
}

const waitingFor = (firstRenderId: string, { wanted, input }: Claim): Claim => ({
  wanted,
  input,
  hash: hashOf({ awaits: firstRenderId }),
  firstRenderId,
  awaitsObjects: true,
});

const keyOf = (promptId: string, hash: string) => `${promptId} ${hash}`;

async function findFirsts(
  tx: Tx,
  { revision }: Drawn,
  plain: readonly Claim[],
): Promise<Map<string, First>> {
  const promptIds = plain.map(({ wanted }) => wanted.promptId);
  const hashes = plain.map(({ hash }) => hash);
  const found = await tx
    .select({
      id: renders.id,
      state: renders.state,
      promptId: renders.promptId,
      hash: renders.inputHash,
    })
    .from(renders)
    .where(
      and(
        eq(renders.generatorRevisionId, revision.id),
        inArray(renders.promptId, promptIds),
        inArray(renders.inputHash, hashes),
      ),
    );
  return new Map(found.map(({ promptId, hash, ...first }) => [keyOf(promptId, hash), first]));
}

function firstIn(firsts: ReadonlyMap<string, First>, plain: Claim | undefined): First {
  const first = plain && firsts.get(keyOf(plain.wanted.promptId, plain.hash));
  if (!first) throw new Error("A first image that was just asked for is gone");
  return first;
}

/** While a second image waits, whoever asks for it gets that one: locked, so that it is not filled in the meantime. */
async function lockWaiting(tx: Tx, firstIds: readonly string[]): Promise<Set<string>> {
  const found = await tx
    .select({ firstId: renders.firstRenderId })
    .from(renders)
    .where(and(inArray(renders.firstRenderId, [...firstIds]), eq(renders.awaitsObjects, true)))
    .orderBy(renders.id)
    .for("update");
  return new Set(found.flatMap(({ firstId }) => firstId ?? []));
}

/** Steps that once stopped begin anew for whoever waits for them, and the next one is looked for. */
async function takeUp(
  tx: Tx,
  made: readonly Claim[],
  firsts: ReadonlyMap<string, First>,
): Promise<Attempted[]> {
  const awaited = new Set(
    made.flatMap(({ awaitsObjects, firstRenderId }) => (awaitsObjects && firstRenderId) || []),
  );
  const stopped = [...firsts.values()].filter(
    ({ id, state }) => awaited.has(id) && (state === "failed" || state === "cancelled"),
  );
  await reaskTags(tx, [...awaited]);
  for (const firstRenderId of awaited) await enqueue(tx, "realign.advance", { firstRenderId });
  return requeueRenders(
    tx,
    stopped.map(({ id }) => id),
  );
}
