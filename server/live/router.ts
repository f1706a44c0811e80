import { router, signedInProcedure } from "@/server/trpc/init";
import { watchProjects } from "./watch-projects";

export const liveRouter = router({
  projects: signedInProcedure.subscription(({ ctx, signal }) =>
    watchProjects(ctx, signal ?? AbortSignal.abort()),
  ),
});
