import type {
  MethodInputKind,
  PairState,
  PatternCategory,
  RejectReason,
  Verdict,
} from "@/db/enums";
import type { Delimiter, TableProblem } from "./parse-table";

/** What others say of a pair; what nobody said stays null. */
export type ReportedLevel = {
  generator: string | null;
  ratedOn: string | null;
  raters: string | null;
  level: number | null;
  correct: number | null;
  rated: number | null;
};
export type NamedPattern = {
  name: string;
  definition: string;
  category: PatternCategory;
  phase: number;
};
/** Where a pair of our own export stood. */
export type Standing = {
  state: PairState;
  phase: number;
  reason: RejectReason | null;
  reasonText: string | null;
  rationale: string | null;
};
export type ImportedMethodInput = { kind: MethodInputKind; content: Record<string, unknown> };
export type ImportedImage = {
  file: string;
  prompt: string;
  /** Its prompt's place in the grid, where the manifest says one. */
  place: number | null;
  /** The prompt set it was drawn with, in our own export. */
  set: number | null;
  seed: number | null;
  generator: string;
  date: string | null;
  raters: string | null;
  verdict: Verdict | null;
};

/** One line, row or record of a file, whatever its format. */
export type ImportItem = {
  line: number;
  /** Both null when the line is a prompt without a pair. */
  a: string | null;
  b: string | null;
  latent: string | null;
  pattern: NamedPattern | null;
  /** Each is kept as a set when it may be drawn. */
  promptSets: string[][];
  /** Kept, whatever they say. */
  freePrompts: string[];
  reported: ReportedLevel[];
  methodInputs: ImportedMethodInput[];
  images: ImportedImage[];
  standing: Standing | null;
  /** Why the line cannot be read at all. */
  problem: string | null;
};

export const IMPORT_FORMATS = [
  "table",
  "rows",
  "export",
  "authors-prompts",
  "prompts",
  "pair-lines",
  "manifest",
] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export type ReadImport = {
  format: ImportFormat;
  delimiter: Delimiter | null;
  items: ImportItem[];
  /** What the file holds and an import leaves out, in sentences. */
  leftOut: string[];
  /** Something about the whole file: nothing can be imported until it is mended. */
  problem: TableProblem | null;
};

export const emptyItem = (line: number): ImportItem => ({
  line,
  a: null,
  b: null,
  latent: null,
  pattern: null,
  promptSets: [],
  freePrompts: [],
  reported: [],
  methodInputs: [],
  images: [],
  standing: null,
  problem: null,
});

/** A line that is meant as a pair and cannot be read. */
export const wrongItem = (line: number, problem: string): ImportItem => ({
  ...emptyItem(line),
  a: "",
  b: "",
  problem,
});

export const namedPattern = (name: string): NamedPattern => ({
  name,
  definition: "",
  category: "lcmis",
  phase: 1,
});

export const unreadable = (
  format: ImportFormat,
  problem: TableProblem,
  delimiter: Delimiter | null = null,
): ReadImport => ({ format, delimiter, items: [], leftOut: [], problem });
