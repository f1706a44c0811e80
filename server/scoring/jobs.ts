import { handle } from "@/server/jobs/handle";
import { judgeMissed } from "./judge-missed";
import { judgeRun } from "./judge-run";

export const scoringJobs = {
  "scoring.judgeRun": handle("scoring.judgeRun", judgeRun),
  "scoring.judgeMissed": handle("scoring.judgeMissed", judgeMissed),
};
