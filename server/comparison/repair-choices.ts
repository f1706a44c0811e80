import type { DbOrTx } from "@/db/client";
import { rendersLeft } from "@/server/budget/renders-left";
import { isReworded } from "@/server/generation/domain/method/is-reworded";
import { methodTitle, offeredMethod } from "@/server/generation/domain/method/method-title";
import { plannedCost } from "@/server/generation/domain/method/planned-cost";
import { SEEDS_PER_PROMPT } from "@/server/generation/domain/seeds";
import { outsideOf } from "@/server/generation/domain/vocabulary";
import { listGenerators } from "@/server/generation/list-generators";
import { listEndpoints } from "@/server/generation/read-endpoints";
import { readVocabularyOf } from "@/server/generation/read-vocabulary";
import { PROMPTS_PER_PAIR } from "@/server/generation/ready-pairs";
import { DrawingOrder, drawsOneFirst, rewordingOf } from "@/server/mining/domain/method-input";
import { readMethodInputs, type SaidOfPair } from "@/server/mining/read-method-inputs";
import { chooseRevision, listTestedRevisions } from "@/server/project/find-tested-revision";
import { readSettings } from "@/server/project/read-settings";
import { rendersPerPrompt } from "@/server/realign/domain/drawn-twice";
import { setupDifferences } from "./domain/setup-differences";
import { findRepairPairs, type RepairPair } from "./find-repair-pairs";
import { readCosts } from "./read-costs";
import type { RepairChoices } from "./schemas";

/** What a comparison could take in, and what an image of each generator has cost so far. */
export async function repairChoices(
  db: DbOrTx,
  projectId: string,
  { baselineRevisionId }: RepairChoices,
) {
  const generators = await listGenerators(db, projectId);
  // What was only brought in can be drawn by nobody anew.
  const canDraw = new Set(generators.map(({ id }) => id));
  const tested = (await listTestedRevisions(db, projectId)).filter(({ id }) => canDraw.has(id));
  const baseline = chooseRevision(tested, baselineRevisionId);
  const asked = generators.find(({ id }) => id === baseline?.id);
  const revisionIds = generators.map(({ id }) => id);
  const [costs, pairs, left, settings, endpoints, vocabulary] = await Promise.all([
    readCosts(db, projectId, { revisionIds }),
    baseline ? findRepairPairs(db, { projectId, baselineRevisionId: baseline.id }) : [],
    rendersLeft(db, projectId),
    readSettings(db, projectId),
    listEndpoints(db),
    baseline ? readVocabularyOf(db, baseline) : null,
  ]);
  const isUnknown = vocabulary ? outsideOf(vocabulary) : () => false;
  const said = generators.some(isToldWords)
    ? await readMethodInputs(
        db,
        projectId,
        pairs.map(({ pairId }) => pairId),
      )
    : new Map<string, SaidOfPair>();
  return {
    baselineId: baseline?.id ?? null,
    generators: generators.map(({ id, name, number, method, endpointName, ...setup }) => ({
      id,
      /** From the baseline, beside the method. */
      differs: asked && asked.id !== id ? setupDifferences(asked, setup) : [],
      isReworded: isReworded(setup.parameters),
      drawsOneFirst: drawsOneFirst(method),
      name,
      number,
      method: methodWords(methodTitle(endpoints, { endpointName, method }), setup),
      endpointName,
      rendersPerPair: PROMPTS_PER_PAIR * rendersPerPrompt(method),
      cost: costs.find((cost) => cost.generatorRevisionId === id) ?? null,
      /** By the endpoint's own plan, for want of images. */
      planned: plannedCost(
        offeredMethod(endpoints, { endpointName, method }),
        setup.parameters,
        rendersPerPrompt(method),
      ),
    })),
    pairs: pairs.map((pair) => ({
      ...withWords(pair, said.get(pair.pairId)),
      /** Of its concepts, those that the baseline cannot draw, where it tells what it can. */
      unknown: [pair.conceptA, pair.conceptB].filter(isUnknown),
    })),
    imagesPerPair: PROMPTS_PER_PAIR * SEEDS_PER_PROMPT,
    rendersLeft: left,
    ratersPerGrid: settings.ratersPerGrid,
  };
}

const isToldWords = ({ method, parameters }: { method: string; parameters: unknown }) =>
  drawsOneFirst(method) || isReworded(parameters);

function withWords({ prompts, promptSetId: _, ...pair }: RepairPair, said?: SaidOfPair) {
  return {
    ...pair,
    /** A generator that draws one concept first is told which. */
    hasOrder: DrawingOrder.safeParse(said?.order).success,
    /** A generator that draws prompts in other words can draw it. */
    hasRewording: prompts.every(({ text }) => rewordingOf(said?.rewording, text) !== null),
  };
}

const methodWords = (title: string, { parameters }: { parameters: unknown }) =>
  isReworded(parameters) ? `${title}, prompts in other words` : title;

export type Choices = Awaited<ReturnType<typeof repairChoices>>;
