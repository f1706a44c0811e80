import { z } from "zod";
import { DELIMITERS } from "./domain/parse-table";
import { LINE_MEANINGS } from "./domain/read-lines";

const MIB = 1024 * 1024;
export const LARGEST_TEXT_BYTES = 64 * MIB;
export const LARGEST_ARCHIVE_BYTES = 2048 * MIB;

const said = z
  .string()
  .trim()
  .max(200)
  .nullish()
  .transform((text) => text || null);

/** What a person says of Levels that the file itself does not name. Unknown stays unknown. */
const ReportedOfAll = z.object({
  generator: said,
  ratedOn: said,
  raters: said,
  level: z.number().int().min(1).max(5),
});

export const ImportOptions = z.object({
  delimiter: z.enum(DELIMITERS).nullish(),
  /** What the lines of a list without a header are. */
  lines: z.enum(LINE_MEANINGS).nullish(),
  /** For rows that name no pattern: one that is there, or the name of a new one. */
  patternId: z.uuid().nullish(),
  patternName: z.string().trim().max(120).nullish(),
  reported: ReportedOfAll.nullish(),
});
export type ImportOptions = z.infer<typeof ImportOptions>;

export const ImportId = z.object({ importId: z.uuid() });
export const PreviewImport = ImportId.extend({ options: ImportOptions });
export type PreviewImport = z.infer<typeof PreviewImport>;

const count = z.number().int().min(0);
/** What the preview promised; the import refuses when it would do something else. */
export const ImportCounts = z.object({
  pairs: count,
  duplicates: count,
  prompts: count,
  promptSets: count,
  reported: count,
  methodInputs: count,
  images: count,
  grids: count,
});
export type ImportCounts = z.infer<typeof ImportCounts>;

export const ConfirmImport = PreviewImport.extend({
  expected: ImportCounts,
  /** Also ask the language model for five prompts of each pair that comes without. */
  withPrompts: z.boolean(),
});
export type ConfirmImport = z.infer<typeof ConfirmImport>;

/** As it stands in its row between the button and the worker. */
export const Confirmed = ConfirmImport.omit({ importId: true });
