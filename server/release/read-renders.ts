import { and, asc, eq, inArray, not } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators, prompts, renders, seedSets } from "@/db/schema";
import { isFirstImage } from "@/server/generation/is-first-image";
import { imageFile } from "./domain/file-name";
import { imagesOfRenders } from "./images-of-renders";
import type { PairRow } from "./pair-chunks";
import type { PromptInSet } from "./read-prompt-sets";

export type RenderedImage = {
  id: string;
  position: number;
  seed: number;
  sha256: string;
  bytes: number;
  width: number;
  height: number;
  file: string;
};

type RenderRow = Awaited<ReturnType<typeof doneRenders>>[number];
export type RenderWithImages = RenderRow & {
  set: number;
  position: number;
  images: RenderedImage[];
};

/** The finished renders of these pairs with their images, by pair. */
export async function readRenders(
  tx: Tx,
  rows: readonly PairRow[],
  promptSets: ReadonlyMap<string, PromptInSet[]>,
): Promise<Map<string, RenderWithImages[]>> {
  const found = await doneRenders(
    tx,
    rows.map(({ pair }) => pair.id),
  );
  const made = await imagesOfRenders(
    tx,
    found.map((render) => render.id),
  );
  const keys = new Map(rows.map(({ pair }) => [pair.id, pair.key]));
  const all = found.flatMap((render) => {
    // A prompt that later sets share is named after the first one.
    const place = promptSets.get(render.pairId ?? "")?.find((p) => p.promptId === render.promptId);
    const pairKey = keys.get(render.pairId ?? "");
    if (!place || !pairKey) return [];
    const named = (made.get(render.id) ?? []).map(({ mime, renderId: _, ...image }) => ({
      ...image,
      file: imageFile({
        ...place,
        pairKey,
        prompt: place.position,
        promptSet: place.set,
        generator: render.generator,
        revision: render.revision,
        seed: image.seed,
        mime,
      }),
    }));
    return [{ ...render, set: place.set, position: place.position, images: named }];
  });
  return Map.groupBy(all, (render) => render.pairId ?? "");
}

const doneRenders = (tx: Tx, pairIds: string[]) =>
  tx
    .select({
      id: renders.id,
      pairId: prompts.pairId,
      promptId: renders.promptId,
      generator: generators.name,
      revision: generatorRevisions.number,
      method: generatorRevisions.method,
      parameters: generatorRevisions.parameters,
      weightsHash: generatorRevisions.weightsHash,
      training: generatorRevisions.training,
      seedSet: seedSets.number,
      seeds: seedSets.seeds,
      inputHash: renders.inputHash,
      attempt: renders.attempt,
      evals: renders.evals,
      backwards: renders.backwards,
      timings: renders.timings,
      trace: renders.trace,
      input: renders.input,
      answeredModel: renders.answeredModel,
      answeredMethod: renders.answeredMethod,
      revisionAnswered: {
        answeredModel: generatorRevisions.answeredModel,
        answeredMethod: generatorRevisions.answeredMethod,
      },
      finishedAt: renders.finishedAt,
    })
    .from(renders)
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, renders.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .innerJoin(seedSets, eq(seedSets.id, renders.seedSetId))
    .where(and(inArray(prompts.pairId, pairIds), eq(renders.state, "done"), not(isFirstImage)))
    .orderBy(asc(renders.id));
