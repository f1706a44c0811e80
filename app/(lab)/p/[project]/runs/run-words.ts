import type { ListedRun, RunSlot } from "./types";

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What a run draws: "24 pairs", "24 pairs, first look", "2 concepts alone". */
export function drawsWords({ purpose, subjects }: Pick<ListedRun, "purpose" | "subjects">): string {
  if (purpose === "capability") return `${counted(subjects, "concept")} alone`;
  if (purpose === "precheck") return `${counted(subjects, "pair")}, first look`;
  return counted(subjects, "pair");
}

export const isOfLooks = ({ purpose }: Pick<ListedRun, "purpose">): boolean =>
  purpose === "precheck" || purpose === "capability";

type Named = Pick<RunSlot, "conceptA" | "conceptB" | "concept">;

/** The pair, or the concept that is drawn alone. */
export const subjectWords = ({ conceptA, conceptB, concept }: Named): string =>
  concept ?? `${conceptA} × ${conceptB}`;
