import { and, asc, eq, inArray } from "drizzle-orm";
import {
  generatorRevisions,
  images,
  methodInputs,
  prompts,
  renders,
  runPairs,
  runs,
} from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { drawnBy } from "@/server/generation/domain/drawn-by";
import { readPromptSets } from "@/server/mining/pair/read-prompt-sets";
import { readSheets, type Sheet } from "@/server/mining/pair/read-sheets";
import type { MemberContext } from "@/server/trpc/context";
import { newestSheets } from "./domain/newest-sheets";
import { wordsTold } from "./domain/words-told";
import { findRepair } from "./find-repair";
import { isToRate } from "./is-to-rate";
import type { ComparedPair } from "./schemas";

type Context = Pick<MemberContext, "db" | "member" | "viewer">;
type Scope = Pick<Context, "db" | "member">;
export type ShownPair = Awaited<ReturnType<typeof showComparedPair>>;

/** One pair's images by every generator of a comparison, at the fresh seeds and at those of mining, with what each render told of itself. */
export async function showComparedPair(
  { db, member, viewer }: Context,
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
  const fresh = newestSheets(
    asked,
    sheets.filter((sheet) => sheet.purpose === "repair" && isOf(sheet, sheet.seedSetId)),
  );
  const mining = newestSheets(
    asked,
    sheets.filter((sheet) => sheet.purpose === "mining" && isOf(sheet)),
  );
  const shown = [...fresh, ...mining].flatMap(({ cells }) => cells.flatMap((c) => c.imageId ?? []));
  const [traces, said, toRate] = await Promise.all([
    shown.length === 0 ? [] : readTraces({ db, member }, shown),
    readSaid({ db, member }, pairId),
    isToRate(db, fresh, viewer.accountId),
  ]);
  return {
    prompts: promptSets.find(({ id }) => id === asked[0]?.promptSetId)?.prompts ?? [],
    fresh,
    mining,
    /** The viewer may yet have to rate it, and should not have seen whose images these are. */
    toRate,
    traces: traces.map((read) => told(read, said)),
  };
}

const readTraces = ({ db, member }: Scope, imageIds: string[]) =>
  db
    .select({
      imageId: images.id,
      position: images.position,
      seed: images.seed,
      evals: renders.evals,
      trace: renders.trace,
      input: renders.input,
      prompt: prompts.text,
      createdAt: renders.createdAt,
      answeredModel: renders.answeredModel,
      answeredMethod: renders.answeredMethod,
      revision: {
        method: generatorRevisions.method,
        parameters: generatorRevisions.parameters,
        answeredModel: generatorRevisions.answeredModel,
        answeredMethod: generatorRevisions.answeredMethod,
      },
    })
    .from(images)
    .innerJoin(renders, eq(renders.id, images.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, renders.generatorRevisionId))
    .where(and(eq(images.projectId, member.projectId), inArray(images.id, imageIds)));

type Read = Awaited<ReturnType<typeof readTraces>>[number];

/** All that was ever said of the pair to methods. */
const readSaid = ({ db, member }: Scope, pairId: string) =>
  db
    .select({
      kind: methodInputs.kind,
      source: methodInputs.source,
      content: methodInputs.content,
      createdAt: methodInputs.createdAt,
    })
    .from(methodInputs)
    .where(and(eq(methodInputs.projectId, member.projectId), eq(methodInputs.pairId, pairId)))
    .orderBy(asc(methodInputs.number));

/** Of the model its name and revision: the hashes of its files stand in the export. */
function told(
  { imageId, position, seed, evals, trace, revision, ...render }: Read,
  said: Awaited<ReturnType<typeof readSaid>>,
) {
  const { model, method } = drawnBy(render, revision);
  return {
    imageId,
    position,
    seed,
    evals,
    trace,
    words: wordsTold(said, { ...render, ...revision }),
    model: model && { name: model.name, revision: model.revision },
    method: method && { name: method.name, version: method.version, mode: method.mode },
  };
}
