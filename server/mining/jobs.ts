import { handle } from "@/server/jobs/handle";
import { inquire } from "./inquire";
import { proposePairs } from "./propose-pairs";
import { rescueStranded } from "./rescue-stranded";
import { writePairPrompts } from "./write-pair-prompts";

export const miningJobs = {
  "mining.propose": handle("mining.propose", proposePairs),
  "mining.writePrompts": handle("mining.writePrompts", writePairPrompts),
  "mining.inquire": handle("mining.inquire", inquire),
  "mining.sweep": handle("mining.sweep", rescueStranded),
};
