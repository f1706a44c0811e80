import { z } from "zod";

const Told = z.object({ scorer: z.string().min(1) });
const PerImage = z.object({ images: z.array(z.unknown()) });

// It scores what it draws to tell of it; its images are those of plain drawing.
const ONLY_TELLS = new Set(["probe"]);

/**
 * The scorer that chose this image among others while its method drew it, as the trace tells it (`trace.images[position]`, or the trace
 * itself); null where none did. A score that steered a method is high by construction: it says nothing about how good the method is.
 */
export function steeringScorer(method: string, trace: unknown, position: number): string | null {
  if (ONLY_TELLS.has(method)) return null;
  const own = PerImage.safeParse(trace).data?.images[position];
  return Told.safeParse(own).data?.scorer ?? Told.safeParse(trace).data?.scorer ?? null;
}
