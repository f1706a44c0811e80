import { z } from "zod";
import { JUDGES } from "@/db/enums";
import { RatersPerGrid } from "@/server/project/schemas";

/** Generators that one comparison takes, its baseline among them. */
export const MOST_GENERATORS = 12;
export const MOST_PAIRS = 1000;

export const RepairChoices = z.object({
  /** Whose Level-5 pairs; that of the newest mining run when it is not said. */
  baselineRevisionId: z.uuid().optional(),
});
export type RepairChoices = z.infer<typeof RepairChoices>;

export const StartRepair = z
  .object({
    baselineRevisionId: z.uuid(),
    /** What is to be compared with it. */
    methodRevisionIds: z
      .array(z.uuid())
      .min(1)
      .max(MOST_GENERATORS - 1),
    pairIds: z.array(z.uuid()).min(1).max(MOST_PAIRS),
    ratersPerGrid: RatersPerGrid.optional(),
  })
  .refine(
    ({ baselineRevisionId, methodRevisionIds }) =>
      new Set([baselineRevisionId, ...methodRevisionIds]).size === methodRevisionIds.length + 1,
    "Name each generator once",
  );
export type StartRepair = z.infer<typeof StartRepair>;

export const ShowComparison = z.object({
  /** The newest when it is not said. */
  repair: z.int().min(1).optional(),
  judge: z.enum(JUDGES).default("human"),
  patternId: z.uuid().optional(),
  /** The two whose Levels are set against each other: the baseline and the first method when not said. */
  firstId: z.uuid().optional(),
  secondId: z.uuid().optional(),
});
export type ShowComparison = z.infer<typeof ShowComparison>;

export const ComparedPair = z.object({ repair: z.int().min(1), pairId: z.uuid() });
export type ComparedPair = z.infer<typeof ComparedPair>;

export const ShowFlips = z.object({ repair: z.int().min(1), patternId: z.uuid().optional() });
export type ShowFlips = z.infer<typeof ShowFlips>;
