import type { PatternState } from "@/db/enums";
import type { Pattern } from "@/db/schema";
import { AppError } from "@/server/core/errors";

const WORDS = {
  approved: "approved",
  retired: "approved and retired since",
  rejected: "rejected",
  merged: "merged into another one",
} satisfies Record<Exclude<PatternState, "proposed">, string>;

/** Somebody was first: their word stands, and this one is told so. */
export function refuseDecided({ state, name }: Pattern): void {
  if (state === "proposed") return;
  throw new AppError("CONFLICT", `“${name}” was already ${WORDS[state]}. Look at it again.`);
}
