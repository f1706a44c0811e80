import { z } from "zod";
import { ownerProcedure, researcherProcedure, router, signedInProcedure } from "@/server/trpc/init";
import { archiveProject } from "./archive-project";
import { changeRating } from "./change-rating";
import { countToReview } from "./count-waiting";
import { createExampleProject } from "./create-example-project";
import { createProject } from "./create-project";
import { listProjects } from "./list-projects";
import { projectBoard } from "./project-board";
import { projectPlots } from "./project-plots";
import { renameProject } from "./rename-project";
import {
  ArchiveProject,
  ChangeRating,
  CreateProject,
  RenameProject,
  SearchPairs,
  ShowBoard,
  ShowPlots,
} from "./schemas";
import { searchPairs } from "./search-pairs";
import { showProject } from "./show-project";

export const projectRouter = router({
  list: signedInProcedure
    .input(z.strictObject({ archived: z.boolean() }))
    .query(({ ctx, input }) => listProjects(ctx, input)),
  create: signedInProcedure
    .input(CreateProject)
    .mutation(({ ctx, input }) => createProject(ctx, input)),
  createExample: signedInProcedure.mutation(({ ctx }) => createExampleProject(ctx)),
  show: researcherProcedure.query(({ ctx }) => showProject(ctx)),
  countToReview: researcherProcedure.query(({ ctx }) =>
    countToReview(ctx.db, ctx.member.projectId),
  ),
  board: researcherProcedure.input(ShowBoard).query(({ ctx, input }) => projectBoard(ctx, input)),
  plots: researcherProcedure.input(ShowPlots).query(({ ctx, input }) => projectPlots(ctx, input)),
  searchPairs: researcherProcedure
    .input(SearchPairs)
    .query(({ ctx, input }) => searchPairs(ctx, input)),
  rename: ownerProcedure
    .input(RenameProject)
    .mutation(({ ctx, input }) => renameProject(ctx, input)),
  changeRating: researcherProcedure
    .input(ChangeRating)
    .mutation(({ ctx, input }) => changeRating(ctx, input)),
  archive: ownerProcedure
    .input(ArchiveProject)
    .mutation(({ ctx, input }) => archiveProject(ctx, input)),
});
