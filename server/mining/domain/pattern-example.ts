import { z } from "zod";

/** A pair that a proposed pattern brings along; with `pairId` it is a seed that the project has. */
const Example = z.object({
  a: z.string(),
  b: z.string(),
  latent: z.string().nullish(),
  reason: z.string().nullish(),
  pairId: z.uuid().nullish(),
});
export type PatternExample = z.infer<typeof Example>;

const Examples = z.array(Example);

/** The column is JSON: what stands in it is read, never trusted. */
export const readExamples = (stored: unknown): PatternExample[] => Examples.parse(stored);
