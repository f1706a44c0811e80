import { z } from "zod";
import { call } from "./conformance-call";

const Described = z.looseObject({
  "x-teacup": z.looseObject({ method: z.looseObject({ concepts: z.literal(true) }) }),
});

/** In drawing order; both stand in the suite's own prompt. */
export const CONCEPTS = ["iced coke", "tea cup"];

/**
 * The two concepts that go with each prediction, if the endpoint's method takes any. Of a prompt that lacks
 * one of them none are sent: what is missing, the endpoint says itself.
 */
export async function conceptsFor(url: string, prompt: string, concepts: readonly string[]) {
  // Whether it answers at all is a check of its own.
  const described = await call(`${url}/openapi.json`).catch(() => null);
  const takes = Described.safeParse(described?.body).success;
  const stand = concepts.every((text) => prompt.includes(text));
  return takes && stand ? { concepts: concepts.map((text) => ({ text })) } : {};
}
