import { z } from "zod";
import { ADJUDICATION_REASONS } from "@/db/enums";
import { IMAGES_PER_GRID } from "@/server/rating/domain/level";

export const MAX_ADJUDICATION_NOTE = 500;

/** `open`: an image has no verdict; `split`: raters differ on one; `boundary`: one vote more could change the Level. */
export const ADJUDICATION_VIEWS = ["open", "split", "boundary"] as const;

export const ListAdjudications = z.object({
  view: z.enum(ADJUDICATION_VIEWS).default("open"),
  patternId: z.uuid().nullish(),
  raterId: z.uuid().nullish(),
  cursor: z.object({ disagreement: z.number().min(0).max(1), gridId: z.uuid() }).nullish(),
});
export type ListAdjudications = z.infer<typeof ListAdjudications>;

export const GridInput = z.object({ gridId: z.uuid() });

const Ruling = z
  .object({
    imageId: z.uuid(),
    /** null takes the ruling back: the votes count again. */
    verdict: z.enum(["correct", "incorrect"]).nullable(),
    reason: z.enum(ADJUDICATION_REASONS),
    note: z.string().trim().max(MAX_ADJUDICATION_NOTE).default(""),
    isGuidelineGap: z.boolean().default(false),
  })
  .refine(({ verdict, reason, note }) => verdict === null || reason !== "other" || note !== "", {
    message: "Say in the note what the other reason is.",
  });
export type Ruling = z.infer<typeof Ruling>;

export const Adjudicate = GridInput.extend({
  rulings: z.array(Ruling).min(1).max(IMAGES_PER_GRID),
});
export type Adjudicate = z.infer<typeof Adjudicate>;

export const AskAnotherLook = z.object({ gridIds: z.array(z.uuid()).min(1).max(200) });
export type AskAnotherLook = z.infer<typeof AskAnotherLook>;
