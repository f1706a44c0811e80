import { type Ask, type Method, rowsAStep } from "../asking";
import { choice, orNone, parameter, WHOLE } from "../parameters";
import { Refused } from "../refused";
import { guideTo, sample, start } from "../sampling";

const PARAMETERS = {
  template: parameter(choice("none", "first_and_second"), {
    title: "Prompt template",
    description: '"first_and_second" draws "first A, and second PROMPT", A the first concept',
    default: "none",
  }),
  refiner_from: parameter(orNone(WHOLE), {
    title: "Refiner from step",
    unit: "steps",
    minimum: 1,
    description: "The first step that the refiner makes; empty: the base makes all",
    default: null,
  }),
};

/** Text-to-image with classifier-free guidance: every method's baseline. 2 evals a step and image. */
export const PLAIN: Method<typeof PARAMETERS> = {
  name: "plain",
  version: "1",
  title: "Plain",
  parameters: PARAMETERS,
  check(ask, { template, refiner_from }) {
    if (template === "first_and_second" && ask.concepts.length === 0) {
      throw new Refused("The template names the first concept: give at least one concept.");
    }
    if (refiner_from !== null) {
      throw new Refused("This endpoint has no refiner: leave method_params.refiner_from empty.");
    }
  },
  plan(ask, _values, steps) {
    const evals = rowsAStep(ask) * steps;
    return { least: evals, most: evals };
  },
  async run(easel, ask, { template }) {
    const prompt = textOf(ask, template);
    const predict = await guideTo(easel, ask, prompt);
    const latents = await sample(easel.sampler, predict, start(easel.sampler, ask.seeds));
    return { latents, trace: { prompt } };
  },
};

const textOf = ({ prompt, concepts }: Ask, template: string) =>
  template === "none" ? prompt : `first ${concepts[0]?.text}, and second ${prompt}`;
