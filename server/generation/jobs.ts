import { handle } from "@/server/jobs/handle";
import { makeRenditions } from "./make-renditions";
import { openGrids } from "./open-grids";
import { sweep } from "./sweep";

export const generationJobs = {
  "generation.makeRenditions": handle("generation.makeRenditions", makeRenditions),
  "generation.openGrids": handle("generation.openGrids", openGrids),
  "generation.sweep": handle("generation.sweep", sweep),
};
