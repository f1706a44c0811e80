import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { union } from "drizzle-orm/pg-core";
import type { DbOrTx } from "@/db/client";
import type { RenderState } from "@/db/enums";
import {
  generatorRevisions,
  generators,
  grids,
  images,
  renders,
  runPairs,
  runs,
  seedSets,
} from "@/db/schema";
import type { PairScope } from "./read-origin";
import type { PairPromptSet } from "./read-prompt-sets";
import { type Judged, type Mark, readJudged, sheetKey } from "./read-verdicts";

/** One image's place: column = prompt, row = seed. Without an image, the state says what happened. */
export type SheetCell = {
  prompt: number;
  row: number;
  seed: number;
  imageId: string | null;
  state: RenderState | "missing";
  reason: string | null;
  marks: Mark[];
};

type Asked = Awaited<ReturnType<typeof findAsked>>[number];
export type Sheet = Asked & Omit<Judged, "marks"> & { promptSet: number; cells: SheetCell[] };

/** All images of the pair, one sheet per generator revision, prompt set and seed set; the newest first. */
export async function readSheets(
  db: DbOrTx,
  scope: PairScope,
  promptSets: readonly PairPromptSet[],
): Promise<Sheet[]> {
  const asked = await findAsked(db, scope);
  const rendered = await findRenders(
    db,
    scope.projectId,
    promptSets.flatMap((set) => set.prompts.map((prompt) => prompt.id)),
  );
  const judged = await readJudged(db, scope);
  return asked.flatMap((sheet) => {
    const set = promptSets.find(({ id }) => id === sheet.promptSetId);
    if (!set) return [];
    const { marks, ...verdicts } = judged.get(sheetKey(sheet)) ?? NOT_JUDGED;
    const cells = set.prompts.flatMap((prompt) =>
      sheet.seeds.map((seed, row) => {
        const found = rendered.find(
          (render) =>
            render.promptId === prompt.id &&
            render.generatorRevisionId === sheet.generatorRevisionId &&
            render.seedSetId === sheet.seedSetId &&
            (render.position === null || render.position === row),
        );
        const imageId = found?.imageId ?? null;
        return {
          prompt: prompt.position,
          row,
          seed,
          imageId,
          state: found?.state ?? ("missing" as const),
          reason: found?.reason ?? null,
          marks: imageId ? (marks.get(imageId) ?? []) : [],
        };
      }),
    );
    return [{ ...sheet, ...verdicts, promptSet: set.number, cells }];
  });
}

const NOT_JUDGED: Judged = {
  gridId: null,
  gridState: null,
  gridMode: null,
  levels: [],
  sittings: 0,
  marks: new Map(),
};

async function findAsked(db: DbOrTx, { projectId, pairId }: PairScope) {
  const ofGrids = db
    .select({
      generatorRevisionId: grids.generatorRevisionId,
      promptSetId: grids.promptSetId,
      seedSetId: grids.seedSetId,
      purpose: grids.purpose,
    })
    .from(grids)
    .where(and(eq(grids.pairId, pairId), eq(grids.projectId, projectId)));
  const ofRuns = db
    .select({
      generatorRevisionId: runs.generatorRevisionId,
      promptSetId: runPairs.promptSetId,
      seedSetId: runs.seedSetId,
      purpose: runs.purpose,
    })
    .from(runPairs)
    .innerJoin(runs, eq(runs.id, runPairs.runId))
    .where(and(eq(runPairs.pairId, pairId), eq(runs.projectId, projectId)));
  const asked = union(ofGrids, ofRuns).as("asked");
  return db
    .select({
      generatorRevisionId: asked.generatorRevisionId,
      promptSetId: asked.promptSetId,
      seedSetId: asked.seedSetId,
      purpose: asked.purpose,
      generator: generators.name,
      revision: generatorRevisions.number,
      method: generatorRevisions.method,
      seedSet: seedSets.number,
      seeds: seedSets.seeds,
    })
    .from(asked)
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, asked.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .innerJoin(seedSets, eq(seedSets.id, asked.seedSetId))
    .orderBy(asc(generatorRevisions.id), desc(asked.promptSetId), asc(seedSets.number));
}

async function findRenders(db: DbOrTx, projectId: string, promptIds: string[]) {
  return db
    .select({
      promptId: renders.promptId,
      generatorRevisionId: renders.generatorRevisionId,
      seedSetId: renders.seedSetId,
      state: renders.state,
      reason: renders.reason,
      imageId: images.id,
      position: images.position,
    })
    .from(renders)
    .leftJoin(images, eq(images.renderId, renders.id))
    .where(and(eq(renders.projectId, projectId), inArray(renders.promptId, promptIds)));
}
