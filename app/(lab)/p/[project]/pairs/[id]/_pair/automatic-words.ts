import type { AutomaticTally } from "@/server/mining/pair/read-automatic";
import { levelOfRecord, type Sheet, type SheetLevel } from "./detail";

/** What an automatic judge counts in a grid, beside what people did: a sentence, never a Level. */
export function automaticWords(
  { name, judged, said }: AutomaticTally,
  sheet: Pick<Sheet, "levels">,
): string {
  if (!said) {
    return `Automatic judge ${name} was asked about ${judged} images: its count is shown once this grid is rated, so that it sways nobody.`;
  }
  const judge = `Automatic judge ${name}: ${saidWords(said, judged)}`;
  const people = peopleWords(levelOfRecord(sheet), sheet.levels.length > 0);
  return people ? `${judge}; ${people}.` : `${judge}.`;
}

function saidWords({ correct, abstained }: NonNullable<AutomaticTally["said"]>, judged: number) {
  if (abstained === judged) return `abstained on all ${judged}`;
  return `${correct} of ${judged} correct${abstained > 0 ? `, abstained on ${abstained}` : ""}`;
}

/** null: a simulated rater's Level is not people's, and Levels that are not of record stand beside the sheet already. */
function peopleWords(level: SheetLevel | null, hasOthers: boolean): string | null {
  if (level === null) return hasOthers ? null : "people have given no Level yet";
  if (level.source === "simulated" || level.source === "automatic") return null;
  const screened = level.mode === "screen" ? " when screened" : "";
  return `people: ${level.correct} of ${level.rated}${screened}`;
}
