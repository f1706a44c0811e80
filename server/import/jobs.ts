import { handle } from "@/server/jobs/handle";
import { runImport } from "./run-import";
import { sweepImports } from "./sweep-imports";

export const importJobs = {
  "import.run": handle("import.run", runImport),
  "import.sweep": handle("import.sweep", sweepImports),
};
