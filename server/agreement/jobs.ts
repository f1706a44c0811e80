import { handle } from "@/server/jobs/handle";
import { reckonFigures } from "./reckon-figures";

export const agreementJobs = {
  "agreement.reckon": handle("agreement.reckon", reckonFigures),
};
