import { z } from "zod";
import { ADJUDICATION_REASONS } from "@/db/enums";
import { IMAGES_PER_GRID } from "@/server/rating/domain/level";

export const MAX_ADJUDICATION_NOTE = 500;

const MAX_SEARCH = 200;

/** `open`: an image has no verdict; `split`: raters differ on one. */
const DISPUTES = ["open", "split"] as const;
/** And `boundary`: one vote more could change the Level, which is no dispute and has a list of its own. */
export const ADJUDICATION_VIEWS = [...DISPUTES, "boundary"] as const;
export type AdjudicationView = (typeof ADJUDICATION_VIEWS)[number];

export const ListAdjudications = z.object({
  view: z.enum(DISPUTES).default("open"),
  patternId: z.uuid().nullish(),
  raterId: z.uuid().nullish(),
  /** Only grids with a prompt that has these words. */
  words: z.string().trim().max(MAX_SEARCH).nullish(),
  cursor: z.object({ disagreement: z.number().min(0).max(1), gridId: z.uuid() }).nullish(),
});
export type ListAdjudications = z.infer<typeof ListAdjudications>;

export const ListBoundary = z.object({ cursor: z.uuid().nullish() });
export type ListBoundary = z.infer<typeof ListBoundary>;

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
