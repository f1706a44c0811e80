import { researcherProcedure, router } from "@/server/trpc/init";
import { adjudicate } from "./adjudicate";
import { askAnotherLook } from "./ask-another-look";

import { auditedShare } from "./audited-share";
import { adjudicationChoices } from "./choices";
import { getAdjudication } from "./get-adjudication";
import { countAdjudications, listAdjudications } from "./list-adjudications";
import { listBoundary } from "./list-boundary";
import { Adjudicate, AskAnotherLook, GridInput, ListAdjudications, ListBoundary } from "./schemas";

export const adjudicationRouter = router({
  list: researcherProcedure
    .input(ListAdjudications)
    .query(({ ctx, input }) => listAdjudications(ctx, input)),
  boundary: researcherProcedure
    .input(ListBoundary)
    .query(({ ctx, input }) => listBoundary(ctx, input)),
  auditedShare: researcherProcedure.query(({ ctx }) => auditedShare(ctx)),
  choices: researcherProcedure.query(({ ctx }) => adjudicationChoices(ctx)),
  count: researcherProcedure.query(({ ctx }) => countAdjudications(ctx)),
  grid: researcherProcedure
    .input(GridInput)
    .query(({ ctx, input }) => getAdjudication(ctx, input.gridId)),
  adjudicate: researcherProcedure
    .input(Adjudicate)
    .mutation(({ ctx, input }) => adjudicate(ctx, input)),
  askAnotherLook: researcherProcedure
    .input(AskAnotherLook)
    .mutation(({ ctx, input }) => askAnotherLook(ctx, input)),
});
