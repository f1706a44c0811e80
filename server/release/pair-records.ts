import type { Tx } from "@/db/client";
import { drawnBy } from "@/server/generation/domain/drawn-by";
import { type PairRow, pairChunks } from "./pair-chunks";
import { readLevels } from "./read-levels";
import { type LookRecord, readLooksOfPairs } from "./read-looks";
import { readDecisions, readExchanges, readProposals } from "./read-mining";
import { type PromptInSet, readPromptSets } from "./read-prompt-sets";
import { type RenderWithImages, readRenders } from "./read-renders";

type Found = Awaited<ReturnType<typeof readAll>>;
export type PairRecord = ReturnType<typeof recordOf>;

/** One object a pair, holding everything that led to its Levels. */
export async function* pairRecords(tx: Tx, projectId: string) {
  for await (const rows of pairChunks(tx, projectId)) {
    const found = await readAll(tx, projectId, rows);
    for (const row of rows) yield recordOf(row, found);
  }
}

async function readAll(tx: Tx, projectId: string, rows: readonly PairRow[]) {
  const pairIds = rows.map(({ pair }) => pair.id);
  const proposals = await readProposals(tx, pairIds);
  const batchIds = [...proposals.values()].flat().map((proposal) => proposal.batchId);
  const promptSets = await readPromptSets(tx, pairIds);
  const looks = await readLooksOfPairs(tx, projectId, rows);
  const subjects = new Map(pairIds.map((id) => [id, id]));
  for (const look of [...looks.values()].flat())
    if (look.pairId) subjects.set(look.id, look.pairId);
  return {
    proposals,
    promptSets,
    looks,
    exchanges: await readExchanges(tx, pairIds, batchIds),
    renders: await readRenders(tx, rows, promptSets),
    levels: await readLevels(tx, projectId, pairIds),
    decisions: await readDecisions(tx, projectId, subjects),
  };
}

function recordOf({ pair, pattern }: PairRow, found: Found) {
  const proposals = found.proposals.get(pair.id) ?? [];
  const batchIds = new Set(proposals.map((proposal) => proposal.batchId));
  const isOfPair = (exchange: Found["exchanges"][number]) =>
    exchange.pairId === pair.id || batchIds.has(exchange.batchId ?? "");
  return {
    key: pair.key,
    concept_a: pair.conceptA,
    concept_b: pair.conceptB,
    latent: pair.latent,
    phase: pair.phase,
    origin: pair.origin,
    state: pair.state,
    reason: pair.reason,
    reason_text: pair.reasonText,
    rationale: pair.rationale,
    created_at: pair.createdAt,
    decided_at: pair.decidedAt,
    pattern: {
      name: pattern.name,
      definition: pattern.definition,
      category: pattern.category,
      phase: pattern.phase,
    },
    proposals: proposals.map(({ pairId: _, batchId: __, ...proposal }) => proposal),
    exchanges: found.exchanges
      .filter(isOfPair)
      .map(({ pairId: _, batchId: __, ...exchange }) => exchange),
    prompt_sets: promptSetsOf(found.promptSets.get(pair.id) ?? []),
    looks: (found.looks.get(pair.id) ?? []).map(lookOf),
    renders: (found.renders.get(pair.id) ?? []).map(renderOf),
    levels: (found.levels.get(pair.id) ?? []).map(({ pairId: _, ...level }) => level),
    decisions: (found.decisions.get(pair.id) ?? []).map(({ subjectId: _, ...made }) => made),
  };
}

function promptSetsOf(prompts: readonly PromptInSet[]) {
  return [...Map.groupBy(prompts, (prompt) => prompt.set)].map(([number, members]) => ({
    number,
    prompts: members.map(({ position, text, author, exchangeId }) => ({
      position,
      text,
      author,
      exchange: exchangeId,
    })),
  }));
}

const lookOf = (look: LookRecord) => ({
  kind: look.kind,
  concept: look.concept,
  generator: look.generator,
  revision: look.revision,
  prompt: look.prompt,
  input_hash: look.inputHash,
  state: look.state,
  reason: look.reason,
  rated: look.rated,
  correct: look.correct,
  verdict: look.verdict,
  came_of_it: look.cameOf,
  source: look.judge,
  by: look.by,
  judged_at: look.judgedAt,
  created_at: look.createdAt,
  images: look.images.map((image) => ({ ...image, position: image.position + 1 })),
});

const renderOf = (render: RenderWithImages) => ({
  generator: render.generator,
  revision: render.revision,
  method: render.method,
  parameters: render.parameters,
  weights_hash: render.weightsHash,
  /** How these weights were trained, as the endpoint tells it: what a person said, and what the checkpoint's own metadata says. */
  training: render.training,
  /** As the endpoint told: `model` with its files, `method` with its version and all parameters. */
  drawn_by: drawnBy(render, render.revisionAnswered),
  prompt_set: render.set,
  prompt: render.position,
  seed_set: render.seedSet,
  seeds: render.seeds,
  input_hash: render.inputHash,
  attempt: render.attempt,
  evals: render.evals,
  backwards: render.backwards,
  timings: render.timings,
  trace: render.trace,
  finished_at: render.finishedAt,
  images: render.images.map((image) => ({ ...image, position: image.position + 1 })),
});
