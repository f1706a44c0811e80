import { z } from "zod";
import { JUDGES } from "@/db/enums";
import { LENGTH_BUCKETS } from "./domain/length-buckets";

export const ShowAgreement = z.object({
  revisionId: z.uuid().optional(),
  judge: z.enum(JUDGES).default("human"),
  patternId: z.uuid().optional(),
  /** Only images of prompts of that length. */
  bucket: z.enum(LENGTH_BUCKETS).optional(),
  round: z.int().min(1).optional(),
  /** Only grids that this person judged. */
  raterId: z.uuid().optional(),
});
export type ShowAgreement = z.infer<typeof ShowAgreement>;

/** What figures are kept under. `form` goes up when what is kept of them changes: older ones are then not found. */
export const AskedFigures = ShowAgreement.extend({
  form: z.literal(2).default(2),
  revisionId: z.uuid(),
});
export type AskedFigures = z.infer<typeof AskedFigures>;
