import { researcherProcedure, router } from "@/server/trpc/init";
import { ShowAgreement } from "./schemas";
import { showAgreement } from "./show-agreement";

export const agreementRouter = router({
  show: researcherProcedure
    .input(ShowAgreement)
    .query(({ ctx, input }) => showAgreement(ctx, input)),
});
