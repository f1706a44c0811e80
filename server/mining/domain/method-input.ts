import { z } from "zod";

// Kept as the exchanges answer them; an import brings the same shapes.
export const DrawingOrder = z.object({ first: z.enum(["a", "b"]), reason: z.string() });
export const Descriptions = z.object({ a: z.string(), b: z.string() });

const Found = z.object({ phrase: z.string(), score: z.number().min(0).max(2) });
/** What stands for A and for B in each prompt, and how surely a picture of it shows them. */
export const Phrases = z.object({
  prompts: z.array(z.object({ prompt: z.string(), a: Found, b: Found })),
});
/** Each prompt in the words that the control draws instead. */
export const Rewording = z.object({
  prompts: z.array(z.object({ from: z.string(), to: z.string() })),
});

/** The words that a prompt is drawn in; null where nobody has reworded it. */
export const rewordingOf = (said: unknown, prompt: string): string | null =>
  Rewording.safeParse(said).data?.prompts.find(({ from }) => from === prompt)?.to ?? null;

type ToldConcept = { text: string; description?: string };

// MoCE draws one concept before the other and compares images with their descriptions. Its control of equal cost and the probe of when
// each concept is decided judge images by the same two texts: told less, they would be judged by a weaker scorer.
const TOLD_ORDER: readonly string[] = ["moce", "best_of", "probe"];
export const isToldOrder = (method: string): boolean => TOLD_ORDER.includes(method);

/** Which concept comes first decides what it repairs, and nobody asks for it by itself. */
export const drawsOneFirst = (method: string): boolean => method === "moce";

/** "First A, and second ...", as MoCE's authors word their baseline, names the concept that MoCE draws first: the order alone enters into it. */
export const namesFirst = (method: string, params: Record<string, unknown> | undefined): boolean =>
  method === "plain" && params?.template === "first_and_second";

/** A pair's concepts as such a method is told them: in drawing order, each with its description. What was never said is left out. */
export function orderedConcepts(
  [a, b]: readonly [string, string],
  said: { order: unknown; descriptions: unknown },
): ToldConcept[] {
  const descriptions = Descriptions.safeParse(said.descriptions).data;
  const told = (text: string, description: string | undefined): ToldConcept =>
    description ? { text, description } : { text };
  const concepts = [told(a, descriptions?.a), told(b, descriptions?.b)];
  const isSecondFirst = DrawingOrder.safeParse(said.order).data?.first === "b";
  return isSecondFirst ? concepts.toReversed() : concepts;
}
