import { z } from "zod";
import { PairFilter } from "@/server/mining/schemas";
import {
  memberCallProcedure,
  memberProcedure,
  researcherProcedure,
  router,
  signedInProcedure,
} from "@/server/trpc/init";
import { assignSeats } from "./assign-seats";
import { cannotJudge } from "./cannot-judge";
import { claimCall } from "./claim-next-seat";
import { closeRound, reopenRound } from "./close-round";
import { completeGrid } from "./complete-grid";
import { completeScreened, countScreened } from "./complete-screened";
import { freeSeats } from "./free-seats";
import { onlyView, viewCall } from "./get-sitting";
import { giveBack } from "./give-back";
import { heartbeat } from "./heartbeat";
import { latentPrecision } from "./latent-precision";
import { listDone } from "./list-done";
import { listGold } from "./list-gold";
import { listGuidelines, showGuideline } from "./list-guidelines";
import { listKept } from "./list-kept";
import { listMarks } from "./list-marks";
import { listOpenGrids } from "./list-open-grids";
import { listProblems } from "./list-problems";
import { listQueues } from "./list-queues";
import { listRounds } from "./list-rounds";
import { listSettled } from "./list-settled";
import { listWithoutRater } from "./list-without-rater";
import { locateSitting } from "./locate-sitting";
import { makeGold } from "./make-gold";
import { openNextSitting, openNextSittings } from "./open-next-sitting";
import { openRound } from "./open-round";
import { putOff } from "./put-off";
import { readPreferences, savePreferences } from "./rating-preferences";
import { readGuidelines } from "./read-guidelines";
import { submissionCall } from "./read-submission";
import { recordCall, toldOf } from "./record-verdict-events";
import { reopenSitting, revisitSitting } from "./reopen-sitting";
import { retireGold } from "./retire-gold";
import {
  AssignSeats,
  CannotJudge,
  ClaimSitting,
  ClaimSittings,
  CloseRound,
  FreeSeats,
  GridInput,
  GuidelineInput,
  LatentPrecisionInput,
  LeaveSitting,
  ListDone,
  ListGuidelines,
  ListOpenGrids,
  ListSettled,
  MakeGold,
  RatingPreferences,
  RecordVerdictEvents,
  RoundInput,
  SetGuidelines,
  SetPriority,
  SittingInput,
  SubmitSitting,
  WriteNote,
} from "./schemas";
import { setGuidelines } from "./set-guidelines";
import { setPriority } from "./set-priority";
import { showGold } from "./show-gold";
import { showGuidelines } from "./show-guidelines";
import { showProgress } from "./show-progress";
import { submitRead } from "./submit-sitting";
import { substitutionRate } from "./substitution-rate";
import { trainingFeedback } from "./training-feedback";
import { startTraining } from "./training-round";
import { writeNote } from "./write-note";

export const ratingRouter = router({
  queues: signedInProcedure.query(({ ctx }) => listQueues(ctx)),
  locate: signedInProcedure
    .input(SittingInput)
    .query(({ ctx, input }) => locateSitting(ctx, input.sittingId)),
  preferences: signedInProcedure.query(({ ctx }) => readPreferences(ctx)),
  savePreferences: signedInProcedure
    .input(RatingPreferences)
    .mutation(({ ctx, input }) => savePreferences(ctx, input)),

  sitting: memberCallProcedure.input(SittingInput).query(async ({ ctx, input }) => {
    const { ctx: member, answer } = await ctx.admit(viewCall([input.sittingId]));
    return onlyView(member, answer);
  }),
  next: memberCallProcedure.input(ClaimSitting).mutation(async ({ ctx, input }) => {
    const { ctx: member, answer } = await ctx.admit(claimCall(input.besides, 1));
    return openNextSitting(member, answer);
  }),
  nextBatch: memberCallProcedure.input(ClaimSittings).mutation(async ({ ctx, input }) => {
    const { ctx: member, answer } = await ctx.admit(claimCall(input.besides, input.most));
    return openNextSittings(member, answer);
  }),
  startTraining: memberProcedure.mutation(({ ctx }) => startTraining(ctx)),
  feedback: memberProcedure
    .input(SittingInput)
    .query(({ ctx, input }) => trainingFeedback(ctx, input.sittingId)),
  done: memberProcedure.input(ListDone).query(({ ctx, input }) => listDone(ctx, input)),
  heartbeat: memberProcedure
    .input(z.object({ sittingIds: z.array(z.uuid()).max(10) }))
    .mutation(({ ctx, input }) => heartbeat(ctx, input.sittingIds)),
  record: memberCallProcedure
    .input(RecordVerdictEvents)
    .mutation(async ({ ctx, input }) => toldOf((await ctx.admit(recordCall(input))).answer)),
  submit: memberCallProcedure.input(SubmitSitting).mutation(async ({ ctx, input }) => {
    const { ctx: member, answer } = await ctx.admit(submissionCall(input));
    return submitRead(member, input, answer);
  }),
  reopen: memberProcedure
    .input(SittingInput)
    .mutation(({ ctx, input }) => reopenSitting(ctx, input.sittingId)),
  revisit: memberProcedure
    .input(SittingInput)
    .mutation(({ ctx, input }) => revisitSitting(ctx, input.sittingId)),
  putOff: memberProcedure.input(LeaveSitting).mutation(({ ctx, input }) => putOff(ctx, input)),
  giveBack: memberProcedure.input(LeaveSitting).mutation(({ ctx, input }) => giveBack(ctx, input)),
  cannotJudge: memberProcedure
    .input(CannotJudge)
    .mutation(({ ctx, input }) => cannotJudge(ctx, input)),
  writeNote: memberProcedure.input(WriteNote).mutation(({ ctx, input }) => writeNote(ctx, input)),

  guidelines: memberProcedure.query(({ ctx }) => showGuidelines(ctx)),
  readGuidelines: memberProcedure
    .input(GuidelineInput)
    .mutation(({ ctx, input }) => readGuidelines(ctx, input)),
  guidelineVersions: researcherProcedure
    .input(ListGuidelines)
    .query(({ ctx, input }) => listGuidelines(ctx, input)),
  guideline: researcherProcedure
    .input(GuidelineInput)
    .query(({ ctx, input }) => showGuideline(ctx, input)),
  setGuidelines: researcherProcedure
    .input(SetGuidelines)
    .mutation(({ ctx, input }) => setGuidelines(ctx, input)),
  rounds: researcherProcedure.query(({ ctx }) => listRounds(ctx)),
  openRound: researcherProcedure.mutation(({ ctx }) => openRound(ctx)),
  closeRound: researcherProcedure
    .input(CloseRound)
    .mutation(({ ctx, input }) => closeRound(ctx, input)),
  reopenRound: researcherProcedure
    .input(RoundInput)
    .mutation(({ ctx, input }) => reopenRound(ctx, input.number)),
  progress: researcherProcedure.query(({ ctx }) => showProgress(ctx)),
  gold: researcherProcedure.query(({ ctx }) => listGold(ctx)),
  settled: researcherProcedure
    .input(ListSettled)
    .query(({ ctx, input }) => listSettled(ctx, input)),
  goldGrid: researcherProcedure
    .input(GridInput)
    .query(({ ctx, input }) => showGold(ctx, input.gridId)),
  makeGold: researcherProcedure.input(MakeGold).mutation(({ ctx, input }) => makeGold(ctx, input)),
  retireGold: researcherProcedure
    .input(GridInput)
    .mutation(({ ctx, input }) => retireGold(ctx, input.gridId)),
  assignSeats: researcherProcedure
    .input(AssignSeats)
    .mutation(({ ctx, input }) => assignSeats(ctx, input)),
  freeSeats: researcherProcedure
    .input(FreeSeats)
    .mutation(({ ctx, input }) => freeSeats(ctx, input)),
  keptSeats: researcherProcedure.query(({ ctx }) => listKept(ctx)),
  withoutRater: researcherProcedure.query(({ ctx }) => listWithoutRater(ctx)),
  openGrids: researcherProcedure
    .input(ListOpenGrids)
    .query(({ ctx, input }) => listOpenGrids(ctx, input)),
  setPriority: researcherProcedure
    .input(SetPriority)
    .mutation(({ ctx, input }) => setPriority(ctx, input)),
  completeGrid: researcherProcedure
    .input(GridInput)
    .mutation(({ ctx, input }) => completeGrid(ctx, input)),
  countScreened: researcherProcedure
    .input(PairFilter)
    .query(({ ctx, input }) => countScreened(ctx, input)),
  completeScreened: researcherProcedure
    .input(PairFilter)
    .mutation(({ ctx, input }) => completeScreened(ctx, input)),
  latentPrecision: researcherProcedure
    .input(LatentPrecisionInput)
    .query(({ ctx, input }) => latentPrecision(ctx, input)),
  marks: researcherProcedure.query(({ ctx }) => listMarks(ctx)),
  substitution: researcherProcedure.query(({ ctx }) => substitutionRate(ctx)),
  problems: researcherProcedure.query(({ ctx }) => listProblems(ctx)),
});
