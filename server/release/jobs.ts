import { handle } from "@/server/jobs/handle";
import { writeExport } from "./write-export";

export const releaseJobs = {
  "release.export": handle("release.export", writeExport),
};
