import { z } from "zod";
import { PairFilter } from "@/server/mining/schemas";
import {
  memberProcedure,
  researcherProcedure,
  router,
  signedInProcedure,
} from "@/server/trpc/init";
import { cannotJudge } from "./cannot-judge";
import { completeGrid } from "./complete-grid";
import { completeScreened, countScreened } from "./complete-screened";
import { currentGuideline } from "./current-guideline";
import { getSitting } from "./get-sitting";
import { giveBack } from "./give-back";
import { heartbeat } from "./heartbeat";
import { latentPrecision } from "./latent-precision";
import { listMarks } from "./list-marks";
import { listProblems } from "./list-problems";
import { listQueues } from "./list-queues";
import { locateSitting } from "./locate-sitting";
import { openNextSitting } from "./open-next-sitting";
import { putOff } from "./put-off";
import { readPreferences, savePreferences } from "./rating-preferences";
import { recordVerdictEvents } from "./record-verdict-events";
import { reopenSitting } from "./reopen-sitting";
import {
  CannotJudge,
  ClaimSitting,
  CompleteGrid,
  LatentPrecisionInput,
  LeaveSitting,
  RatingPreferences,
  RecordVerdictEvents,
  SetGuidelines,
  SittingInput,
  SubmitSitting,
  WriteNote,
} from "./schemas";
import { setGuidelines } from "./set-guidelines";
import { submitSitting } from "./submit-sitting";
import { substitutionRate } from "./substitution-rate";
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

  sitting: memberProcedure
    .input(SittingInput)
    .query(({ ctx, input }) => getSitting(ctx, input.sittingId)),
  next: memberProcedure
    .input(ClaimSitting)
    .mutation(({ ctx, input }) => openNextSitting(ctx, input.besides)),
  heartbeat: memberProcedure
    .input(z.object({ sittingIds: z.array(z.uuid()).max(10) }))
    .mutation(({ ctx, input }) => heartbeat(ctx, input.sittingIds)),
  record: memberProcedure
    .input(RecordVerdictEvents)
    .mutation(({ ctx, input }) => recordVerdictEvents(ctx, input)),
  submit: memberProcedure
    .input(SubmitSitting)
    .mutation(({ ctx, input }) => submitSitting(ctx, input)),
  reopen: memberProcedure
    .input(SittingInput)
    .mutation(({ ctx, input }) => reopenSitting(ctx, input.sittingId)),
  putOff: memberProcedure
    .input(SittingInput)
    .mutation(({ ctx, input }) => putOff(ctx, input.sittingId)),
  giveBack: memberProcedure.input(LeaveSitting).mutation(({ ctx, input }) => giveBack(ctx, input)),
  cannotJudge: memberProcedure
    .input(CannotJudge)
    .mutation(({ ctx, input }) => cannotJudge(ctx, input)),
  writeNote: memberProcedure.input(WriteNote).mutation(({ ctx, input }) => writeNote(ctx, input)),

  guidelines: memberProcedure.query(({ ctx }) => currentGuideline(ctx.db, ctx.member.projectId)),
  setGuidelines: researcherProcedure
    .input(SetGuidelines)
    .mutation(({ ctx, input }) => setGuidelines(ctx, input)),
  completeGrid: researcherProcedure
    .input(CompleteGrid)
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
