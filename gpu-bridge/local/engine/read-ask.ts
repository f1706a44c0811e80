import type { RenderInput } from "../../contract/schemas";
import type { Ask } from "./asking";
import type { EndpointFile } from "./endpoint-file";
import { SIDE } from "./model";
import { Refused } from "./refused";
import { SAMPLERS, type SamplerName } from "./samplers";

/** An input that keeps the contract, with the endpoint's defaults filled in. @throws Refused */
export function readAsk(input: RenderInput, { defaults }: EndpointFile): Ask {
  for (const name of ["width", "height"] as const) {
    if (input[name] === SIDE) continue;
    throw new Refused(
      `input.${name} is ${input[name]}: this model draws ${SIDE} x ${SIDE} pixels.`,
    );
  }
  const concepts = input.concepts ?? [];
  if (concepts.some(({ text }) => text.trim() === "")) {
    throw new Refused("input.concepts has a concept without a text.");
  }
  return {
    prompt: input.prompt,
    seeds: input.seeds,
    steps: input.steps ?? defaults.steps,
    guidance: input.guidance_scale ?? defaults.guidance_scale,
    negative: (input.negative_prompt || defaults.negative_prompt) ?? null,
    scheduler: schedulerNamed(input.scheduler || defaults.scheduler),
    concepts: concepts.map(({ text, description = null }) => ({ text, description })),
  };
}

/** The model's own is DDIM. */
function schedulerNamed(name: string | null): SamplerName {
  if (!name) return "ddim";
  const found = SAMPLERS.find((one) => one === name);
  if (found) return found;
  throw new Refused(
    `The scheduler '${name}' is not known here: name one of ${SAMPLERS.join(", ")}.`,
  );
}
