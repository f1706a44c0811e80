import type { ReportedLevel } from "./import-item";

/** A Level's columns as they stand in a row, by our names for them. */
export type ReportedCells = Partial<
  Record<
    | "generator"
    | "revision"
    | "date"
    | "raters"
    | "level"
    | "correct"
    | "rated"
    | "source"
    | "basis"
    | "rater"
    | "mode"
    | "ofRecord",
    unknown
  >
>;

export const REPORTED_HEADERS = {
  generator: ["generator", "model"],
  revision: ["revision"],
  date: ["date", "rated_on", "created_at"],
  raters: ["raters"],
  level: ["level", "reported_level"],
  correct: ["correct"],
  rated: ["rated"],
  source: ["source"],
  basis: ["basis"],
  rater: ["rater"],
  mode: ["mode"],
  ofRecord: ["of_record"],
} as const satisfies Record<keyof ReportedCells, readonly string[]>;

type Read = { reported: ReportedLevel | null; problem: string | null };

/**
 * The Level that a row reports; null when it reports none. Of the Levels of several raters in an export of ours, only
 * the one of record is a report: the others led to it. An export from before many raters does not say which that is.
 */
export function readReported(cells: ReportedCells): Read {
  if (String(cells.ofRecord ?? true).toLowerCase() === "false")
    return { reported: null, problem: null };
  const level = wholeNumber(cells.level, "level", 1, 5);
  const correct = wholeNumber(cells.correct, "correct", 0, 10_000);
  const rated = wholeNumber(cells.rated, "rated", 0, 10_000);
  const problem = level.problem ?? correct.problem ?? rated.problem;
  if (problem) return { reported: null, problem };
  if (level.value === null && correct.value === null) return { reported: null, problem: null };
  if (correct.value !== null && (rated.value === null || rated.value < correct.value))
    return { reported: null, problem: "It has more correct images than rated ones" };
  return {
    reported: {
      generator: generatorName(cells),
      ratedOn: textOf(cells.date),
      raters: ratersOf(cells),
      level: level.value,
      correct: correct.value,
      rated: rated.value,
    },
    problem: null,
  };
}

/** One name for a generator and its revision. */
export function generatorName({ generator, revision }: ReportedCells): string | null {
  const name = textOf(generator);
  const number = textOf(revision);
  return name && number ? `${name}, revision ${number}` : name;
}

/** People and simulators stay apart also where their Levels are only reported. */
function ratersOf({ raters, source, basis, rater, mode }: ReportedCells): string | null {
  const screened = textOf(mode) === "screen" ? "screened" : null;
  const parts = [textOf(raters), textOf(source), textOf(basis), textOf(rater), screened];
  return parts.filter((part, at) => part && parts.indexOf(part) === at).join(", ") || null;
}

export function textOf(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  return value.trim().slice(0, 200) || null;
}

function wholeNumber(value: unknown, name: string, low: number, high: number) {
  const text = textOf(value);
  if (text === null) return { value: null, problem: null };
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= low && number <= high) return { value: number, problem: null };
  return {
    value: null,
    problem: `Its ${name} “${text.slice(0, 40)}” is no number from ${low} to ${high}`,
  };
}

export const reportKey = (report: ReportedLevel): string =>
  JSON.stringify([
    report.generator,
    report.ratedOn,
    report.raters,
    report.level,
    report.correct,
    report.rated,
  ]);

/**
 * What a file's name lets one guess of its Levels: "173_level5_…" is how the published data names its files,
 * and its card says Midjourney, 2023-10-01. Only ever a suggestion.
 */
export function suggestReported(fileName: string): ReportedLevel | null {
  const found = /^\d+_level([1-5])_/i.exec(fileName.split("/").at(-1) ?? "");
  if (!found) return null;
  return {
    generator: "Midjourney",
    ratedOn: "2023-10-01",
    raters: null,
    level: Number(found[1]),
    correct: null,
    rated: null,
  };
}
