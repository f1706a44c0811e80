import { z } from "zod";

/** How a project is judged; a change would make Levels incomparable, so it is set once. */
export const ProjectSettings = z.object({
  ratersPerGrid: z.number().int().min(1).max(1).default(1),
  protocolVersion: z.number().int().min(1).default(1),
});
export type ProjectSettings = z.infer<typeof ProjectSettings>;

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
