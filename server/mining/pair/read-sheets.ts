import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
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
import { type ImageNotes, imageNotes } from "@/server/generation/domain/image-notes";
import { type AutomaticTally, readAutomatic, tallyAutomatic } from "./read-automatic";
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
  /** In what it was drawn otherwise than asked; null: in nothing that was told. */
  notes: ImageNotes | null;
  marks: Mark[];
};

type Asked = Awaited<ReturnType<typeof findAsked>>[number];
export type Sheet = Asked &
  Omit<Judged, "marks"> & { promptSet: number; cells: SheetCell[]; automatic: AutomaticTally[] };

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
  const automatic = await readAutomatic(db, scope.projectId, shownIn(rendered));
  return asked.flatMap((sheet) => {
    const set = promptSets.find(({ id }) => id === sheet.promptSetId);
    if (!set) return [];
    const base = baseOf(sheet, asked);
    const { marks, ...verdicts } = judged.get(sheetKey(sheet)) ?? NOT_JUDGED;
    const cells = set.prompts.flatMap((prompt) =>
      sheet.seeds.map((seed, row) => {
        const ofPrompt = rendered.filter(
          (render) =>
            render.promptId === prompt.id &&
            render.generatorRevisionId === sheet.generatorRevisionId,
        );
        const found = cellOf(ofPrompt, { seedSetId: sheet.seedSetId, base, row, seed });
        const imageId = found?.imageId ?? null;
        return {
          prompt: prompt.position,
          row,
          // A spare one where a filter took the image of the row's own.
          seed: found?.seed ?? seed,
          imageId,
          state: found?.state ?? ("missing" as const),
          reason: found?.reason ?? null,
          notes: imageId ? imageNotes(found?.told) : null,
          marks: imageId ? (marks.get(imageId) ?? []) : [],
        };
      }),
    );
    const isRated = verdicts.gridState === "closed";
    const tallies = tallyAutomatic(automatic, shownIn(cells), isRated);
    return [{ ...sheet, ...verdicts, promptSet: set.number, cells, automatic: tallies }];
  });
}

const shownIn = (found: readonly { imageId: string | null }[]): string[] =>
  found.flatMap(({ imageId }) => imageId ?? []);

type Rendered = Awaited<ReturnType<typeof findRenders>>[number];
type Place = { seedSetId: string; base: string | null; row: number; seed: number };

/** What stands in a cell: the image of its own seed, what is under way, or the one that a spare seed leaves in place. */
function cellOf(ofPrompt: readonly Rendered[], { seedSetId, base, row, seed }: Place) {
  const own = ofPrompt.filter((render) => render.seedSetId === seedSetId);
  if (base === null) {
    const there = own.find(({ position }) => position === null || position === row);
    // A filter took this one, and others of its render are there.
    return there ?? own.map((render) => ({ ...render, imageId: null, seed: null }))[0];
  }
  return (
    ofPrompt.find((render) => render.seed === seed) ??
    own.find(({ imageId }) => imageId === null) ??
    ofPrompt.find((render) => render.seedSetId === base && render.position === row)
  );
}

/** The first seed set of which this one has some seeds: it draws broken images of that one again. */
function baseOf(sheet: Asked, asked: readonly Asked[]): string | null {
  const shared = asked.filter(
    (other) =>
      other.generatorRevisionId === sheet.generatorRevisionId &&
      other.promptSetId === sheet.promptSetId &&
      other.seedSet < sheet.seedSet &&
      other.seeds.some((seed) => sheet.seeds.includes(seed)),
  );
  return shared.toSorted((a, b) => a.seedSet - b.seedSet)[0]?.seedSetId ?? null;
}

const NOT_JUDGED: Judged = {
  gridId: null,
  gridState: null,
  gridMode: null,
  levels: [],
  sittings: 0,
  audit: null,
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

// A trace may be large, and all of a pair's images are read: as much of it as is told beside each.
const part = (name: string) => sql`${renders.trace} -> ${sql.raw(`'${name}'`)}`;
const told = sql<unknown>`jsonb_build_object('keeps_seeds', ${part("keeps_seeds")}, 'ignored', ${part("ignored")},
  'truncated', ${part("truncated")}, 'scorer_truncated', ${part("scorer_truncated")},
  'unknown_tokens', ${part("unknown_tokens")},
  'revised_prompt', ${part("images")} -> ${images.position} -> 'revised_prompt')`;

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
      seed: images.seed,
      told,
    })
    .from(renders)
    .leftJoin(images, eq(images.renderId, renders.id))
    .where(and(eq(renders.projectId, projectId), inArray(renders.promptId, promptIds)));
}
