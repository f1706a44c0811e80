import { handle } from "@/server/jobs/handle";
import { watchDrift } from "./watch-drift";

export const countersJobs = {
  "counters.sweep": handle("counters.sweep", watchDrift),
};
