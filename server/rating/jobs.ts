import { handle } from "@/server/jobs/handle";
import { watchLevels } from "./watch-levels";

export const ratingJobs = {
  "rating.sweep": handle("rating.sweep", watchLevels),
};
