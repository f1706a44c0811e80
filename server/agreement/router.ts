import { researcherProcedure, router } from "@/server/trpc/init";
import { listBoundary } from "./list-boundary";
import { ListBoundary, ShowAgreement } from "./schemas";
import { showAgreement } from "./show-agreement";

export const agreementRouter = router({
  show: researcherProcedure
    .input(ShowAgreement)
    .query(({ ctx, input }) => showAgreement(ctx, input)),
  boundary: researcherProcedure
    .input(ListBoundary)
    .query(({ ctx, input }) => listBoundary(ctx, input)),
});
