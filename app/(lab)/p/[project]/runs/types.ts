import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/router";

type Outputs = inferRouterOutputs<AppRouter>["generation"];
export type ListedRun = Outputs["listRuns"]["runs"][number];
export type RunDetail = Outputs["runDetail"];
export type RunSlot = RunDetail["slots"][number];
export type Revision = Outputs["listGenerators"][number];
