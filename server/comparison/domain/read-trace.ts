import { z } from "zod";

const Visited = z.object({
  step: z.number(),
  first: z.number(),
  second: z.number(),
  kept: z.boolean().optional(),
});
const Searched = z.object({
  visited: z.array(Visited).min(1).max(100),
  /** A score that both concepts have to pass. */
  threshold: z.number().optional(),
});
export type Searched = z.infer<typeof Searched>;

const PerImage = z.object({ images: z.array(z.unknown()) });

/**
 * What a method that searches for its switch step told of one image: `trace.images[position]`, or the trace itself where the decision
 * was one for all images of the prompt. Null for everything else: a trace may hold whatever its method wants to show.
 */
export function readTrace(trace: unknown, position: number): Searched | null {
  const own = PerImage.safeParse(trace).data?.images[position];
  return Searched.safeParse(own).data ?? Searched.safeParse(trace).data ?? null;
}
