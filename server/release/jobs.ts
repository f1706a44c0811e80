import { handle } from "@/server/jobs/handle";
import { failStranded } from "./fail-stranded";
import { writeExport } from "./write-export";

export const releaseJobs = {
  "release.export": handle("release.export", writeExport),
  "release.sweep": handle("release.sweep", failStranded),
};
