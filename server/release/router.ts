import { researcherProcedure, router } from "@/server/trpc/init";
import { countContents } from "./count-contents";
import { listExports } from "./list-exports";
import { requestExport } from "./request-export";

export const releaseRouter = router({
  contents: researcherProcedure.query(({ ctx }) => countContents(ctx)),
  exports: researcherProcedure.query(({ ctx }) => listExports(ctx)),
  requestExport: researcherProcedure.mutation(({ ctx }) => requestExport(ctx)),
});
