import { z } from "zod";
import { adminProcedure, bridgeProcedure, researcherProcedure, router } from "@/server/trpc/init";
import { addGenerator } from "./add-generator";
import { bridgeHello } from "./bridge-hello";
import { cancelRun } from "./cancel-run";
import { countLooks } from "./count-looks";
import { failRender } from "./fail-render";
import { finishRender } from "./finish-render";
import { giveBackRender } from "./give-back-render";
import { judgeLook } from "./judge-look";
import { leaseRenders } from "./lease-renders";
import { listAttempts } from "./list-attempts";
import { listBridges } from "./list-bridges";
import { listGenerators } from "./list-generators";
import { listLooks } from "./list-looks";
import { listRuns } from "./list-runs";
import { makeBridge } from "./make-bridge";
import { makeRevision } from "./make-revision";
import { previewRun } from "./preview-run";
import { listEndpoints } from "./read-endpoints";
import { readVocabulary } from "./read-vocabulary";
import { redrawBroken } from "./redraw-broken";
import { renewLease } from "./renew-lease";
import { retryFailed, retryRender } from "./retry-renders";
import { revokeBridge } from "./revoke-bridge";
import { runDetail } from "./run-detail";
import {
  BridgeHello,
  FailRender,
  FinishRender,
  HeldRender,
  JudgeLook,
  LeaseRenders,
  LookId,
  MakeBridge,
  NewGenerator,
  NewRevision,
  PreviewRun,
  RedrawBroken,
  RenderId,
  RunNumber,
  SetEndpoint,
  StartCapability,
  StartPrecheck,
  StartRun,
} from "./schemas";
import { setEndpoint } from "./set-endpoint";
import { showGenerator } from "./show-generator";
import { startCapability } from "./start-capability";
import { startPrecheck } from "./start-precheck";
import { startRun } from "./start-run";
import { undoLook } from "./undo-look";

const bridgeRouter = router({
  hello: bridgeProcedure.input(BridgeHello).mutation(({ ctx, input }) => bridgeHello(ctx, input)),
  lease: bridgeProcedure.input(LeaseRenders).mutation(({ ctx, input }) => leaseRenders(ctx, input)),
  renew: bridgeProcedure.input(HeldRender).mutation(({ ctx, input }) => renewLease(ctx, input)),
  finish: bridgeProcedure
    .input(FinishRender)
    .mutation(({ ctx, input }) => finishRender(ctx, input)),
  fail: bridgeProcedure.input(FailRender).mutation(({ ctx, input }) => failRender(ctx, input)),
  giveBack: bridgeProcedure
    .input(HeldRender)
    .mutation(({ ctx, input }) => giveBackRender(ctx, input)),
});

export const generationRouter = router({
  bridge: bridgeRouter,
  listRuns: researcherProcedure
    .input(z.object({ before: z.number().int().optional() }))
    .query(({ ctx, input }) => listRuns(ctx.db, ctx.member.projectId, input)),
  runDetail: researcherProcedure
    .input(RunNumber)
    .query(({ ctx, input }) => runDetail(ctx.db, ctx.member.projectId, input.number)),
  previewRun: researcherProcedure
    .input(PreviewRun)
    .query(({ ctx, input }) => previewRun(ctx.db, ctx.member.projectId, input)),
  startRun: researcherProcedure.input(StartRun).mutation(({ ctx, input }) => startRun(ctx, input)),
  startPrecheck: researcherProcedure
    .input(StartPrecheck)
    .mutation(({ ctx, input }) => startPrecheck(ctx, input)),
  startCapability: researcherProcedure
    .input(StartCapability)
    .mutation(({ ctx, input }) => startCapability(ctx, input)),
  listLooks: researcherProcedure.query(({ ctx }) => listLooks(ctx.db, ctx.member.projectId)),
  countLooks: researcherProcedure.query(({ ctx }) => countLooks(ctx.db, ctx.member.projectId)),
  judgeLook: researcherProcedure
    .input(JudgeLook)
    .mutation(({ ctx, input }) => judgeLook(ctx, input)),
  undoLook: researcherProcedure.input(LookId).mutation(({ ctx, input }) => undoLook(ctx, input)),
  cancelRun: researcherProcedure
    .input(RunNumber)
    .mutation(({ ctx, input }) => cancelRun(ctx, input)),
  redrawBroken: researcherProcedure
    .input(RedrawBroken)
    .mutation(({ ctx, input }) => redrawBroken(ctx, input)),
  retryRender: researcherProcedure
    .input(RenderId)
    .mutation(({ ctx, input }) => retryRender(ctx, input)),
  retryFailed: researcherProcedure
    .input(RunNumber)
    .mutation(({ ctx, input }) => retryFailed(ctx, input)),
  listAttempts: researcherProcedure
    .input(RenderId)
    .query(({ ctx, input }) => listAttempts(ctx.db, ctx.member.projectId, input)),
  listGenerators: researcherProcedure.query(({ ctx }) =>
    listGenerators(ctx.db, ctx.member.projectId),
  ),
  /** Bridges belong to the instance: what they serve may draw for every project. */
  listEndpoints: researcherProcedure.query(({ ctx }) => listEndpoints(ctx.db)),
  /** What the generator under test can draw, so that a pair is seen to lie outside of it before it is accepted. */
  vocabulary: researcherProcedure.query(({ ctx }) => readVocabulary(ctx.db, ctx.member.projectId)),
  showGenerator: researcherProcedure
    .input(z.object({ generatorId: z.uuid() }))
    .query(({ ctx, input }) => showGenerator(ctx.db, ctx.member.projectId, input)),
  addGenerator: researcherProcedure
    .input(NewGenerator)
    .mutation(({ ctx, input }) => addGenerator(ctx, input)),
  makeRevision: researcherProcedure
    .input(NewRevision)
    .mutation(({ ctx, input }) => makeRevision(ctx, input)),
  listBridges: adminProcedure.query(({ ctx }) => listBridges(ctx)),
  makeBridge: adminProcedure.input(MakeBridge).mutation(({ ctx, input }) => makeBridge(ctx, input)),
  setEndpoint: adminProcedure
    .input(SetEndpoint)
    .mutation(({ ctx, input }) => setEndpoint(ctx, input)),
  revokeBridge: adminProcedure
    .input(z.object({ bridgeId: z.uuid() }))
    .mutation(({ ctx, input }) => revokeBridge(ctx, input)),
});
