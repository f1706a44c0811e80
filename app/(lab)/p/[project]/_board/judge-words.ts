import type { LevelSource } from "@/db/enums";
import { many } from "./board-words";

type Judged = {
  source: LevelSource;
  rater: string | null;
  /** Whose votes a Level of several stands on; null for one person's. */
  raters: number | null;
};

/** Whose judgement a Level is: one rater's, or that of all who judged its grid. */
export function judgeWords({ source, rater, raters }: Judged): string {
  if (source === "simulated") return "Simulated rater";
  if (source === "automatic") return "Automatic";
  if (raters === null) return rater ?? "A rater";
  return source === "adjudicated"
    ? `${many(raters, "rater")} and a last word`
    : many(raters, "rater");
}
