import { handle } from "@/server/jobs/handle";
import { proposePairs } from "./propose-pairs";
import { rescueStranded } from "./rescue-stranded";
import { writePairPrompts } from "./write-pair-prompts";

export const miningJobs = {
  "mining.propose": handle("mining.propose", proposePairs),
  "mining.writePrompts": handle("mining.writePrompts", writePairPrompts),
  "mining.sweep": handle("mining.sweep", rescueStranded),
};
