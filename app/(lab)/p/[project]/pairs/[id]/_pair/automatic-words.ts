import type { AutomaticTally } from "@/server/mining/pair/read-automatic";
import type { SheetLevel } from "./detail";

/** What an automatic judge counts in a grid, beside what people did: a sentence, never a Level. */
export function automaticWords(
  { name, judged, correct, abstained }: AutomaticTally,
  level: Pick<SheetLevel, "correct" | "rated" | "source" | "mode"> | null,
): string {
  const judge = `Automatic judge ${name}: ${correct} of ${judged} correct${
    abstained > 0 ? `, ${abstained} of the others abstained on` : ""
  }`;
  if (level?.source === "simulated" || level?.source === "automatic") return `${judge}.`;
  return `${judge}; ${peopleWords(level)}.`;
}

function peopleWords(level: Parameters<typeof automaticWords>[1]): string {
  if (level === null) return "people have given no Level yet";
  const screened = level.mode === "screen" ? " when screened" : "";
  return `people: ${level.correct} of ${level.rated}${screened}`;
}
