import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { renders, runRenders } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { inputHash } from "./hashes";
import type { ReadyPair } from "./ready-pairs";
import { requeueRenders } from "./requeue-renders";
import type { runPlan } from "./run-plan";
import type { RenderInput } from "./schemas";

type Plan = Awaited<ReturnType<typeof runPlan>>;
type Claim = { pairId: string; position: number; promptId: string; inputHash: string };

const CHUNK_PAIRS = 200;

/** Claims the run's renders: those that exist are shared, the others are inserted as queued. */
export async function addRenders(
  tx: Tx,
  run: { id: string; projectId: string },
  plan: Plan,
): Promise<void> {
  for (let start = 0; start < plan.missing.length; start += CHUNK_PAIRS) {
    const chunk = plan.missing.slice(start, start + CHUNK_PAIRS);
    await addChunk(tx, run, plan, chunk);
  }
}

async function addChunk(
  tx: Tx,
  run: { id: string; projectId: string },
  plan: Plan,
  chunk: readonly ReadyPair[],
) {
  const { revision, seedSet } = plan;
  const wanted = chunk.flatMap((pair) =>
    pair.prompts.map((prompt) => {
      const input: RenderInput = {
        ...revision.parameters,
        prompt: prompt.text,
        seeds: seedSet.seeds,
        concepts: [{ text: pair.conceptA }, { text: pair.conceptB }],
      };
      const hash = inputHash(input);
      const claim: Claim = {
        pairId: pair.pairId,
        position: prompt.position,
        promptId: prompt.promptId,
        inputHash: hash,
      };
      return { claim, input };
    }),
  );
  await tx
    .insert(renders)
    .values(
      wanted.map(({ claim, input }) => ({
        projectId: run.projectId,
        promptId: claim.promptId,
        generatorRevisionId: revision.id,
        seedSetId: seedSet.id,
        endpointName: revision.endpointName,
        input,
        inputHash: claim.inputHash,
      })),
    )
    .onConflictDoNothing();
  await claimRenders(
    tx,
    run,
    revision.id,
    wanted.map((item) => item.claim),
  );
}

async function claimRenders(
  tx: Tx,
  run: { id: string; projectId: string },
  revisionId: string,
  claims: readonly Claim[],
) {
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
        eq(renders.generatorRevisionId, revisionId),
        inArray(
          renders.promptId,
          claims.map((claim) => claim.promptId),
        ),
      ),
    )
    .orderBy(renders.id)
    .for("update");
  const byInput = new Map(
    found.map((render) => [`${render.promptId} ${render.inputHash}`, render]),
  );
  const rows = claims.map((claim) => {
    const render = byInput.get(`${claim.promptId} ${claim.inputHash}`);
    if (!render) throw new Error("A render that was just inserted is gone");
    return { claim, render };
  });
  await tx.insert(runRenders).values(
    rows.map(({ claim, render }) => ({
      runId: run.id,
      renderId: render.id,
      pairId: claim.pairId,
      position: claim.position,
    })),
  );
  const stopped = rows.filter(({ render }) => ["failed", "cancelled"].includes(render.state));
  await requeueRenders(
    tx,
    stopped.map(({ render }) => render.id),
  );
  await openFinishedGrids(tx, rows);
}

/** A pair whose renders were all drawn for another run never sees a render finish. */
async function openFinishedGrids(
  tx: Tx,
  rows: readonly { claim: Claim; render: { id: string; state: string } }[],
) {
  const byPair = Map.groupBy(rows, ({ claim }) => claim.pairId);
  for (const group of byPair.values()) {
    const [first] = group;
    if (first && group.every(({ render }) => render.state === "done")) {
      await enqueue(tx, "generation.openGrids", { renderId: first.render.id });
    }
  }
}
