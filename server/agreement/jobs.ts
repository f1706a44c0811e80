import { reckonKept } from "@/server/figures/reckon-kept";
import { handle } from "@/server/jobs/handle";
import { KEPT_AGREEMENT } from "./kept-agreement";

export const agreementJobs = {
  "agreement.reckon": handle("agreement.reckon", ({ figuresId }, { db }) =>
    reckonKept(db, KEPT_AGREEMENT, figuresId),
  ),
};
