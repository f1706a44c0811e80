import { generationJobs } from "@/server/generation/jobs";
import { miningJobs } from "@/server/mining/jobs";
import { releaseJobs } from "@/server/release/jobs";
import type { JobKind } from "./contracts";
import type { RunJob } from "./handle";

// A job kind without a handler does not compile.
export const handlers = {
  ...miningJobs,
  ...generationJobs,
  ...releaseJobs,
} satisfies Record<JobKind, RunJob>;
