import type { z } from "zod";
import type { Db } from "@/db/client";
import type { JobKind, JobPayload } from "./contracts";
import { jobPayloads } from "./contracts";

export type JobContext = { db: Db; signal: AbortSignal };
export type RunJob = (rawPayload: unknown, ctx: JobContext) => Promise<void>;

/** Checks the payload against the kind's contract before the handler sees it. */
export const handle =
  <K extends JobKind>(
    kind: K,
    run: (payload: JobPayload<K>, ctx: JobContext) => Promise<void>,
  ): RunJob =>
  (rawPayload, ctx) =>
    run((jobPayloads[kind] as unknown as z.ZodType<JobPayload<K>>).parse(rawPayload), ctx);
