import { z } from "zod";
import { PATTERN_CATEGORIES } from "@/db/enums";
import { nameKey } from "./name-key";

const Name = z
  .string()
  .trim()
  .max(120, "Keep the name within 120 characters")
  .refine((name) => nameKey(name) !== "", "Give the pattern a name with letters or digits");
const Definition = z.string().trim().max(2000, "Keep the definition within 2,000 characters");

export const CreatePattern = z.object({
  name: Name,
  definition: Definition.default(""),
  category: z.enum(PATTERN_CATEGORIES),
});
export type CreatePattern = z.infer<typeof CreatePattern>;

export const UpdatePattern = z.object({
  patternId: z.uuid(),
  name: Name,
  definition: Definition,
  category: z.enum(PATTERN_CATEGORIES),
});
export type UpdatePattern = z.infer<typeof UpdatePattern>;

export const RetirePattern = z.object({ patternId: z.uuid(), retired: z.boolean() });
export type RetirePattern = z.infer<typeof RetirePattern>;
