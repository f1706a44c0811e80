import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import {
  allocations,
  batches,
  budgetEntries,
  conceptSets,
  exchanges,
  imports,
  inquiries,
  pairs,
  patterns,
  proposals,
  quickLooks,
  renders,
  scorers,
} from "@/db/schema";
import { invite } from "@/server/auth/invite";
import { listInvitations } from "@/server/auth/list-invitations";
import { listGenerators } from "@/server/generation/list-generators";
import { claimSitting } from "./claim";
import { makeGrid } from "./make/grid";
import { makeMember } from "./make/member";

/** Stands in every text of the foreign project: no answer to an outsider may contain it. */
export const MARK = "unspeakable";
export type Foreign = Awaited<ReturnType<typeof makeForeignProject>>;

/** Somebody else's project, with one of everything that has an id, each ready to be acted on. */
export async function makeForeignProject(db: Db) {
  const owner = await makeMember(db, { name: `Mira ${MARK}` });
  const { projectId } = owner.member;
  const concepts = { conceptA: `${MARK} coke`, conceptB: `${MARK} cup` };
  const { gridId, pairId, imageIds } = await makeGrid(db, { projectId, ...concepts });
  const sittingId = await claimSitting(owner);
  await invite(owner, { role: "expert" });
  const [invitation] = await listInvitations(owner);
  const [generator] = await listGenerators(db, projectId);
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
  const [render] = await db.select().from(renders).where(eq(renders.projectId, projectId));
  await db.update(renders).set({ state: "failed", reason: MARK }).where(eq(renders.id, render!.id));
  const { patternId } = pair!;
  const { id: generatorRevisionId } = generator!;
  const [look] = await db
    .insert(quickLooks)
    .values({ projectId, kind: "precheck", generatorRevisionId, pairId, renderId: render!.id })
    .returning();
  return {
    projectId,
    pairId,
    patternId,
    imageId: imageIds[0]!,
    accountId: owner.viewer.accountId,
    sittingId,
    gridId,
    renderId: render!.id,
    generatorId: generator!.generatorId,
    generatorRevisionId,
    lookId: look!.id,
    invitationId: invitation!.id,
    importId: await makeImport(db, projectId),
    scorerId: await makeScorer(db, projectId),
    ...(await makeMiningRows(db, { projectId, patternId, pairId })),
  };
}

/** Uploaded and looked at; its file need not be there for anybody to be refused. */
async function makeImport(db: Db, projectId: string): Promise<string> {
  const [row] = await db
    .insert(imports)
    .values({ projectId, fileName: `${MARK}.csv`, sha256: "0".repeat(64), bytes: 1 })
    .returning();
  return row!.id;
}

async function makeScorer(db: Db, projectId: string): Promise<string> {
  const made = { version: "1", modelRevision: "local", settings: {}, contentHash: "0".repeat(64) };
  const [row] = await db
    .insert(scorers)
    .values({ projectId, name: MARK, model: MARK, weightsHash: MARK, ...made })
    .returning();
  return row!.id;
}

type Place = { projectId: string; patternId: string; pairId: string };

async function makeMiningRows(db: Db, { projectId, patternId, pairId }: Place) {
  const key = randomUUID();
  const [batch] = await db
    .insert(batches)
    .values({
      projectId,
      patternId,
      number: 1,
      proposer: MARK,
      asked: 1,
      seed: 1,
      state: "waiting",
      reason: MARK,
    })
    .returning();
  const [proposal] = await db
    .insert(proposals)
    .values({
      projectId,
      batchId: batch!.id,
      ordinal: 1,
      conceptA: `${MARK} tea`,
      conceptB: `${MARK} glass`,
      key,
      outcome: "duplicate",
      twinId: pairId,
      step: "exact",
    })
    .returning();
  const [exchange] = await db
    .insert(exchanges)
    .values({
      projectId,
      purpose: "expand_pattern",
      batchId: batch!.id,
      templateVersion: "1",
      model: MARK,
      parameters: {},
      messages: [{ role: "user", content: MARK }],
    })
    .returning();
  const [inquiry] = await db
    .insert(inquiries)
    .values({
      projectId,
      purpose: "propose_patterns",
      patternId,
      state: "waiting",
      reason: MARK,
    })
    .returning();
  const [entry] = await db
    .insert(budgetEntries)
    .values({ projectId, kind: "tokens", subject: `${MARK} ${key}`, reserved: 1 })
    .returning();
  const suggestion = {
    patternId,
    strategy: "direct",
    pairs: 1,
    share: 1,
    draw: null,
    reason: MARK,
  };
  const [allocation] = await db
    .insert(allocations)
    .values({ projectId, seed: 1, suggestions: [suggestion] })
    .returning();
  return {
    allocationId: allocation!.id,
    batchId: batch!.id,
    proposalId: proposal!.id,
    exchangeId: exchange!.id,
    inquiryId: inquiry!.id,
    ...(await makeProposedPattern(db, { projectId, patternId })),
    budgetEntryId: entry!.id,
  };
}

async function makeProposedPattern(db: Db, { projectId, patternId }: Omit<Place, "pairId">) {
  const [proposed] = await db
    .insert(patterns)
    .values({
      projectId,
      name: `${MARK} crossing`,
      nameKey: randomUUID(),
      category: "lcmis",
      state: "proposed",
      examples: [{ a: `${MARK} sand`, b: `${MARK} jug` }],
    })
    .returning();
  const [set] = await db
    .insert(conceptSets)
    .values({ projectId, patternId, number: 1, conceptsA: [MARK], conceptsB: [`${MARK} bowl`] })
    .returning();
  return { proposedPatternId: proposed!.id, conceptSetId: set!.id };
}

const PARAMETERS = {
  steps: 1,
  guidance_scale: 1,
  width: 512,
  height: 512,
  scheduler: "none",
};

/**
 * For each procedure of a project that takes an id: the input of somebody who learned the ids of
 * another project. A new procedure with an id needs its row; the test says which.
 */
export const FOREIGN_INPUTS: Record<string, (foreign: Foreign) => object> = {
  "auth.members.changeRole": ({ accountId }) => ({ accountId, role: "expert" }),
  "auth.members.remove": ({ accountId }) => ({ accountId }),
  "auth.members.revokeInvitation": ({ invitationId }) => ({ invitationId }),
  "comparison.choices": ({ generatorRevisionId }) => ({ baselineRevisionId: generatorRevisionId }),
  "comparison.start": ({ generatorRevisionId, lookId, pairId }) => ({
    baselineRevisionId: generatorRevisionId,
    methodRevisionIds: [lookId],
    pairIds: [pairId],
  }),
  "comparison.show": ({ patternId, generatorRevisionId }) => ({
    patternId,
    firstId: generatorRevisionId,
  }),
  "comparison.pair": ({ pairId }) => ({ repair: 1, pairId }),
  "comparison.flips": ({ patternId }) => ({ repair: 1, patternId }),
  "generation.previewRun": ({ pairId, generatorRevisionId }) => ({
    pairIds: [pairId],
    generatorRevisionId,
  }),
  "generation.startRun": ({ pairId, generatorRevisionId }) => ({
    pairIds: [pairId],
    generatorRevisionId,
  }),
  "generation.startPrecheck": ({ pairId, generatorRevisionId }) => ({
    pairIds: [pairId],
    generatorRevisionId,
  }),
  "generation.startCapability": ({ pairId }) => ({ pairIds: [pairId] }),
  "generation.judgeLook": ({ lookId }) => ({ kind: "precheck", lookId, verdict: "fine" }),
  "generation.undoLook": ({ lookId }) => ({ lookId }),
  "generation.redrawBroken": ({ gridId }) => ({ gridId }),
  "generation.retryRender": ({ renderId }) => ({ renderId }),
  "generation.listAttempts": ({ renderId }) => ({ renderId }),
  "generation.showGenerator": ({ generatorId }) => ({ generatorId }),
  "generation.makeRevision": ({ generatorId }) => ({
    generatorId,
    endpointName: "sketch",
    method: "other",
    parameters: PARAMETERS,
  }),
  "loop.proceed": ({ patternId }) => ({ patternId, step: "propose" }),
  "budget.entries": ({ budgetEntryId }) => ({ kind: "tokens", cursor: budgetEntryId }),
  "project.plots": ({ generatorRevisionId }) => ({ revisionId: generatorRevisionId }),
  "project.board": ({ generatorRevisionId }) => ({ revisionId: generatorRevisionId }),
  "imports.preview": ({ importId, patternId }) => ({ importId, options: { patternId } }),
  "imports.start": ({ importId, patternId }) => ({
    importId,
    options: { patternId },
    expected: {
      pairs: 1,
      duplicates: 0,
      prompts: 0,
      promptSets: 0,
      reported: 0,
      methodInputs: 0,
      images: 0,
      grids: 0,
    },
    withPrompts: false,
  }),
  "metrics.show": ({ scorerId }) => ({ scorerId }),
  "metrics.images": ({ gridId, scorerId }) => ({ gridId, scorerId, by: "prompt" }),
  "agreement.show": ({ patternId }) => ({ patternId }),
  "adjudication.boundary": ({ gridId }) => ({ cursor: gridId }),
  "adjudication.list": ({ patternId }) => ({ patternId }),
  "adjudication.grid": ({ gridId }) => ({ gridId }),
  "adjudication.adjudicate": ({ gridId, imageId }) => ({
    gridId,
    rulings: [{ imageId, verdict: "correct", reason: "slip" }],
  }),
  "adjudication.askAnotherLook": ({ gridId }) => ({ gridIds: [gridId] }),
  "imports.cancel": ({ importId }) => ({ importId }),
  "mining.updatePattern": ({ patternId }) => ({
    patternId,
    name: "Mine now",
    definition: "",
    category: "lcmis",
  }),
  "mining.retirePattern": ({ patternId }) => ({ patternId, retired: true }),
  "mining.setPatternLoop": ({ patternId }) => ({
    patternId,
    isAuto: true,
    askSteps: [],
    batchSize: 20,
  }),
  "mining.patternDetail": ({ patternId }) => ({ patternId }),
  "mining.requestPatternNames": ({ patternId }) => ({ patternId }),
  "mining.requestMerge": ({ patternId, proposedPatternId }) => ({
    patternAId: patternId,
    patternBId: proposedPatternId,
  }),
  "mining.requestConceptSets": ({ patternId }) => ({ patternId }),
  "mining.approvePattern": ({ proposedPatternId }) => ({
    patternId: proposedPatternId,
    name: "Mine now",
  }),
  "mining.mergePattern": ({ patternId, proposedPatternId }) => ({
    patternId: proposedPatternId,
    intoId: patternId,
  }),
  "mining.rejectPattern": ({ proposedPatternId }) => ({
    patternId: proposedPatternId,
    reason: "Mine",
  }),
  "mining.reconsiderPattern": ({ patternId }) => ({ patternId }),
  "mining.pairBoard": ({ patternId }) => ({ patternId }),
  "mining.proposePicked": ({ conceptSetId }) => ({
    conceptSetId,
    picks: [{ row: 0, column: 0 }],
  }),
  "mining.listPairs": ({ patternId }) => ({ patternId }),
  "mining.listRepeats": ({ proposalId }) => ({ cursor: proposalId }),
  "mining.addPairs": ({ patternId }) => ({ patternId, pairs: [{ a: "milk", b: "bowl" }] }),
  "mining.requestBatch": ({ patternId }) => ({ patternId, n: 1 }),
  "mining.requestRetest": ({ patternId }) => ({ patternId }),
  "mining.takeSuggestion": ({ allocationId, patternId }) => ({
    allocationId,
    patternId,
    strategy: "direct",
  }),
  "mining.retryBatch": ({ batchId }) => ({ batchId }),
  "mining.cancelBatch": ({ batchId }) => ({ batchId }),
  "mining.setGuidance": ({ patternId }) => ({ patternId, text: "Mine now" }),
  "mining.listGuidance": ({ patternId }) => ({ patternId }),
  "mining.setExemplar": ({ pairId }) => ({ pairId, mode: "banned" }),
  "mining.learnedFrom": ({ batchId }) => ({ batchId }),
  "mining.listExchanges": ({ exchangeId }) => ({ cursor: exchangeId }),
  "mining.rerunExchange": ({ exchangeId }) => ({ exchangeId }),
  "mining.requestAboutPair": ({ pairId }) => ({ pairId, purpose: "guess_latent" }),
  "mining.countMissingAnswers": ({ patternId }) => ({ patternId, purpose: "guess_latent" }),
  "mining.requestMissingAnswers": ({ patternId }) => ({ patternId, purpose: "guess_latent" }),
  "mining.retryInquiry": ({ inquiryId }) => ({ inquiryId }),
  "mining.cancelInquiry": ({ inquiryId }) => ({ inquiryId }),
  "mining.reviewQueue": ({ pairId }) => ({ cursor: pairId }),
  "mining.reviewCase": ({ pairId }) => ({ id: pairId, kind: "pair" }),
  "mining.decidePair": ({ pairId }) => ({ pairId, decision: "reject", reason: "other" }),
  "mining.decideDuplicate": ({ proposalId }) => ({ proposalId, decision: "keep" }),
  "mining.editMethodInput": ({ pairId }) => ({ pairId, kind: "moce_order", first: "b" }),
  "mining.editPair": ({ pairId }) => ({ pairId, a: "milk", b: "bowl" }),
  "mining.requestPrompts": ({ pairId }) => ({ pairId }),
  "mining.cancelPrompts": ({ pairId }) => ({ pairIds: [pairId] }),
  "mining.savePromptSet": ({ pairId }) => ({
    pairId,
    prompts: [1, 2, 3, 4, 5].map((number) => `Prompt number ${number}.`),
  }),
  "mining.pairDetail": ({ pairId }) => ({ pairId }),
  "mining.exchange": ({ exchangeId }) => ({ exchangeId }),
  "rating.sitting": ({ sittingId }) => ({ sittingId }),
  "rating.nextBatch": ({ sittingId }) => ({ besides: [sittingId] }),
  "rating.feedback": ({ sittingId }) => ({ sittingId }),
  "rating.done": ({ sittingId }) => ({ cursor: { submittedAt: new Date(), id: sittingId } }),
  "rating.revisit": ({ sittingId }) => ({ sittingId }),
  "rating.settled": ({ gridId }) => ({ cursor: gridId }),
  "rating.goldGrid": ({ gridId }) => ({ gridId }),
  "rating.openGrids": ({ gridId }) => ({
    cursor: { round: 1, priority: 0, seatsDone: 0, gridId },
  }),
  "rating.freeSeats": ({ accountId }) => ({ accountId }),
  "rating.setGuidelines": ({ imageId }) => ({
    text: "Mine now",
    examples: [{ imageId, verdict: "correct", caption: "Mine now" }],
    basedOn: 0,
  }),
  "rating.makeGold": ({ gridId }) => ({ gridId, use: "gold" }),
  "rating.retireGold": ({ gridId }) => ({ gridId }),
  "rating.assignSeats": ({ pairId, accountId }) => ({ pairIds: [pairId], accountIds: [accountId] }),
  "rating.setPriority": ({ pairId }) => ({ pairIds: [pairId], priority: 5 }),
  "rating.next": ({ sittingId }) => ({ besides: [sittingId] }),
  "rating.heartbeat": ({ sittingId }) => ({ sittingIds: [sittingId] }),
  "rating.record": ({ sittingId, imageId }) => ({
    sittingId,
    events: [
      {
        clientKey: randomUUID(),
        clientSeq: 1,
        clientAt: new Date(),
        imageId,
        verdict: "correct",
        detail: null,
        method: "direct",
      },
    ],
  }),
  "rating.submit": ({ sittingId }) => ({
    sittingId,
    guidelineVersion: 0,
    paintedAt: null,
    firstActionAt: null,
    activeMs: 1,
  }),
  "rating.reopen": ({ sittingId }) => ({ sittingId }),
  "rating.putOff": ({ sittingId }) => ({ sittingId }),
  "rating.giveBack": ({ sittingId }) => ({ sittingId }),
  "rating.cannotJudge": ({ sittingId }) => ({ sittingId, reason: "Because" }),
  "rating.completeGrid": ({ gridId }) => ({ gridId }),
  "rating.countScreened": ({ patternId }) => ({ patternId }),
  "rating.completeScreened": ({ patternId }) => ({ patternId }),
  "rating.latentPrecision": ({ patternId }) => ({ patternId }),
  "rating.writeNote": ({ sittingId }) => ({ sittingId, note: "A note" }),
};
