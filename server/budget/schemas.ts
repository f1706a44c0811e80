import { z } from "zod";
import { BUDGET_KINDS } from "@/db/enums";

export const ENTRY_PAGE = 50;

/** In the kind's own unit: tokens, renders, milliseconds. null: no limit. */
export const SetBudget = z.object({
  kind: z.enum(BUDGET_KINDS),
  limit: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable(),
});
export type SetBudget = z.infer<typeof SetBudget>;

export const ListEntries = z.object({ kind: z.enum(BUDGET_KINDS), cursor: z.uuid().optional() });
export type ListEntries = z.infer<typeof ListEntries>;
