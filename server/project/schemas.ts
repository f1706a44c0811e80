import { z } from "zod";
import { JUDGES, RATING_MODES } from "@/db/enums";

export const MAX_RATERS_PER_GRID = 20;

export const RatersPerGrid = z.number().int().min(1).max(MAX_RATERS_PER_GRID);

/**
 * How a project is judged. A change of protocol would make Levels incomparable, so that is set once;
 * raters, mode and detail may change, because every grid and every Level carries its own.
 */
export const ProjectSettings = z.object({
  /** Of grids opened from now on, unless their run says otherwise; each grid keeps its own number. */
  ratersPerGrid: RatersPerGrid.default(1),
  protocolVersion: z.number().int().min(1).default(1),
  /** Of mining grids opened from now on. `screen` stops at the first correct image. */
  ratingMode: z.enum(RATING_MODES).default("full"),
  /** Raters are asked what is seen in each image, and what stood in its place. */
  detail: z.boolean().default(false),
  /** A blind second look at grids with one or two correct images, and at a fifth of those with none. */
  audit: z.boolean().default(false),
  /** One more rater where a single vote could change the Level. */
  boundaryRouting: z.boolean().default(false),
});
export type ProjectSettings = z.infer<typeof ProjectSettings>;

/** What is not said stays as it is. */
export const ChangeRating = z.object({
  ratersPerGrid: RatersPerGrid.optional(),
  ratingMode: z.enum(RATING_MODES).optional(),
  detail: z.boolean().optional(),
  audit: z.boolean().optional(),
  boundaryRouting: z.boolean().optional(),
});
export type ChangeRating = z.infer<typeof ChangeRating>;

export const ProjectName = z
  .string()
  .trim()
  .min(1, "Give the project a name")
  .max(80, "Keep the name within 80 characters");

export const CreateProject = z.strictObject({ name: ProjectName });
export type CreateProject = z.infer<typeof CreateProject>;

export const RenameProject = z.object({ name: ProjectName });
export type RenameProject = z.infer<typeof RenameProject>;

export const ArchiveProject = z.object({ archived: z.boolean() });
export type ArchiveProject = z.infer<typeof ArchiveProject>;

export const SearchPairs = z.object({ text: z.string().trim().min(2).max(100) });
export type SearchPairs = z.infer<typeof SearchPairs>;

/** Without a revision, the one under test. */
export const ShowBoard = z.object({ revisionId: z.uuid().optional() });
export type ShowBoard = z.infer<typeof ShowBoard>;

export const ShowPlots = z.object({
  revisionId: z.uuid().optional(),
  judge: z.enum(JUDGES).default("human"),
});
export type ShowPlots = z.infer<typeof ShowPlots>;
