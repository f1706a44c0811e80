import { handle } from "@/server/jobs/handle";
import { advance } from "./advance";
import { sweepLoop } from "./sweep-loop";

export const loopJobs = {
  "loop.advance": handle("loop.advance", advance),
  "loop.sweep": handle("loop.sweep", sweepLoop),
};
