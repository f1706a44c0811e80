import { researcherProcedure, router } from "@/server/trpc/init";
import { cancelImport } from "./cancel-import";
import { listImports } from "./list-imports";
import { previewImport } from "./preview-import";
import { ConfirmImport, ImportId, PreviewImport } from "./schemas";
import { startImport } from "./start-import";

export const importRouter = router({
  preview: researcherProcedure
    .input(PreviewImport)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),
  start: researcherProcedure
    .input(ConfirmImport)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
  cancel: researcherProcedure
    .input(ImportId)
    .mutation(({ ctx, input }) => cancelImport(ctx, input)),
  list: researcherProcedure.query(({ ctx }) => listImports(ctx)),
});
