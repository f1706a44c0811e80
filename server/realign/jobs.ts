import { handle } from "@/server/jobs/handle";
import { advanceRealigned } from "./advance-realigned";

export const realignJobs = { "realign.advance": handle("realign.advance", advanceRealigned) };
