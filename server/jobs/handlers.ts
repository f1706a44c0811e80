import { agreementJobs } from "@/server/agreement/jobs";
import { countersJobs } from "@/server/counters/jobs";
import { generationJobs } from "@/server/generation/jobs";
import { importJobs } from "@/server/import/jobs";
import { loopJobs } from "@/server/loop/jobs";
import { metricsJobs } from "@/server/metrics/jobs";
import { miningJobs } from "@/server/mining/jobs";
import { ratingJobs } from "@/server/rating/jobs";
import { realignJobs } from "@/server/realign/jobs";
import { releaseJobs } from "@/server/release/jobs";
import { scoringJobs } from "@/server/scoring/jobs";
import type { JobKind } from "./contracts";
import type { RunJob } from "./handle";

// A job kind without a handler does not compile.
export const handlers = {
  ...loopJobs,
  ...miningJobs,
  ...importJobs,
  ...generationJobs,
  ...realignJobs,
  ...scoringJobs,
  ...releaseJobs,
  ...agreementJobs,
  ...metricsJobs,
  ...ratingJobs,
  ...countersJobs,
} satisfies Record<JobKind, RunJob>;
