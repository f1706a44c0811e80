import type { CsvCell } from "@/server/core/csv";

export type Column = { name: string; says: string };
export type RowOf<C extends readonly Column[]> = Record<C[number]["name"], CsvCell>;

// Columns that several files have.
export const IMAGE = { name: "image", says: "path of the image in this archive" } as const;
export const SHA256 = { name: "sha256", says: "SHA-256 of the image's bytes" } as const;
export const PAIR = { name: "pair", says: "key of the pair" } as const;
export const GENERATOR = { name: "generator", says: "name of the generator" } as const;
export const REVISION = { name: "revision", says: "revision number of the generator" } as const;
export const PROTOCOL = { name: "protocol", says: "version of the rating protocol" } as const;
export const ROUND = { name: "round", says: "round of the grid, from 1" } as const;
export const PROMPT = {
  name: "prompt",
  says: "column of the grid: place of the prompt in its set, 1 to 5",
} as const;
export const SEED = { name: "seed", says: "seed of the image" } as const;
export const RATER = {
  name: "rater",
  says: "pseudonym of the rater, the same in every export of this project",
} as const;
export const SOURCE = {
  name: "source",
  says: "`human` or `simulated`; never count the two together",
} as const;
export const GUIDELINES = {
  name: "guideline_version",
  says: "version of the guidelines the rater worked with",
} as const;
