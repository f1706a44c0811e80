import { z } from "zod";

/** The method that measures when each concept is decided; its images are those of plain drawing. */
export const PROBE = "probe";

export const CONCEPTS = ["first", "second"] as const;
export type Concept = (typeof CONCEPTS)[number];

const Point = z.object({ step: z.number(), first: z.number(), second: z.number() });
const Curve = z
  .array(Point)
  .min(1)
  .max(101)
  .refine((curve) => new Set(curve.map(({ step }) => step)).size === curve.length);
const Probe = z.object({
  curves: z.object({ first_to_second: Curve.optional(), second_to_first: Curve.optional() }),
});

export type ProbePoint = z.infer<typeof Point>;
/** By the concept whose text came first: both scores of the image whose text was switched to the other's at each step. */
export type Probed = Partial<Record<Concept, ProbePoint[]>>;

const PerImage = z.object({ images: z.array(z.unknown()) });

/** What the probe told of one image (`trace.images[position]`); null for everything else. */
export function readProbe(trace: unknown, position: number): Probed | null {
  const own = PerImage.safeParse(trace).data?.images[position];
  const curves = Probe.safeParse(own).data?.curves;
  if (!curves?.first_to_second && !curves?.second_to_first) return null;
  return { first: curves.first_to_second, second: curves.second_to_first };
}
