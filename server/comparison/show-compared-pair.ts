import { and, eq, inArray } from "drizzle-orm";
import { generatorRevisions, images, renders, runPairs, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { drawnBy } from "@/server/generation/domain/drawn-by";
import { readPromptSets } from "@/server/mining/pair/read-prompt-sets";
import { readSheets, type Sheet } from "@/server/mining/pair/read-sheets";
import type { MemberContext } from "@/server/trpc/context";
import { findRepair } from "./find-repair";
import type { ComparedPair } from "./schemas";

type Context = Pick<MemberContext, "db" | "member">;
export type ShownPair = Awaited<ReturnType<typeof showComparedPair>>;

/** One pair's images by every generator of a comparison, at the fresh seeds and at those of mining, with what each render told of itself. */
export async function showComparedPair(
  { db, member }: Context,
  { repair: number, pairId }: ComparedPair,
) {
  const { projectId } = member;
  const repair = await findRepair(db, projectId, number);
  if (!repair) throw new AppError("NOT_FOUND", "No such comparison.");
  const asked = await db
    .select({
      revisionId: runs.generatorRevisionId,
      promptSetId: runPairs.promptSetId,
      seedSetId: runs.seedSetId,
    })
    .from(runs)
    .innerJoin(runPairs, eq(runPairs.runId, runs.id))
    .where(and(eq(runs.repairId, repair.id), eq(runPairs.pairId, pairId)))
    .orderBy(runs.number);
  if (asked.length === 0) throw new AppError("NOT_FOUND", "This pair is not in that comparison.");
  const scope = { projectId, pairId };
  const promptSets = await readPromptSets(db, scope);
  const sheets = await readSheets(db, scope, promptSets);
  const isOf = (sheet: Sheet, seedSetId?: string) =>
    asked.some(
      (one) =>
        one.revisionId === sheet.generatorRevisionId &&
        one.promptSetId === sheet.promptSetId &&
        (seedSetId === undefined || one.seedSetId === sheet.seedSetId),
    );
  // Where broken images were drawn again, the set with the spare seeds has them all.
  const fresh = newestOf(
    asked,
    sheets.filter((sheet) => sheet.purpose === "repair" && isOf(sheet, sheet.seedSetId)),
  );
  const mining = newestOf(
    asked,
    sheets.filter((sheet) => sheet.purpose === "mining" && isOf(sheet)),
  );
  const shown = [...fresh, ...mining].flatMap(({ cells }) => cells.flatMap((c) => c.imageId ?? []));
  return {
    prompts: promptSets.find(({ id }) => id === asked[0]?.promptSetId)?.prompts ?? [],
    fresh,
    mining,
    traces: shown.length === 0 ? [] : (await readTraces({ db, member }, shown)).map(told),
  };
}

/** One sheet a generator, in the order of the runs. */
function newestOf(asked: readonly { revisionId: string }[], sheets: readonly Sheet[]): Sheet[] {
  const ids = [...new Set(asked.map(({ revisionId }) => revisionId))];
  return ids.flatMap((revisionId) => {
    const own = sheets.filter(({ generatorRevisionId }) => generatorRevisionId === revisionId);
    return own.toSorted((one, other) => other.seedSet - one.seedSet).slice(0, 1);
  });
}

const readTraces = ({ db, member }: Context, imageIds: string[]) =>
  db
    .select({
      imageId: images.id,
      position: images.position,
      seed: images.seed,
      evals: renders.evals,
      trace: renders.trace,
      input: renders.input,
      answeredModel: renders.answeredModel,
      answeredMethod: renders.answeredMethod,
      revision: {
        answeredModel: generatorRevisions.answeredModel,
        answeredMethod: generatorRevisions.answeredMethod,
      },
    })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, renders.generatorRevisionId))
    .where(and(eq(images.projectId, member.projectId), inArray(images.id, imageIds)));

type Read = Awaited<ReturnType<typeof readTraces>>[number];

/** Of the model its name and revision: the hashes of its files stand in the export. */
function told({ imageId, position, seed, evals, trace, revision, ...render }: Read) {
  const { model, method } = drawnBy(render, revision);
  return {
    imageId,
    position,
    seed,
    evals,
    trace,
    model: model && { name: model.name, revision: model.revision },
    method: method && { name: method.name, version: method.version, mode: method.mode },
  };
}
