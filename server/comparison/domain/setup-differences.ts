import { z } from "zod";

const Said = z.looseObject({
  steps: z.number(),
  guidance_scale: z.number(),
  width: z.number(),
  height: z.number(),
  scheduler: z.string().default(""),
  negative_prompt: z.string().default(""),
});

export type Setup = {
  /** null: no answer has told of it yet. */
  model: { name: string; revision: string } | null;
  /** Pinned by the first answer: files, LoRA and the type of the numbers, and behind a "+" those of whatever else has a say. */
  weightsHash?: string | null;
  /** As a revision says them. */
  parameters: unknown;
};
export type SetupDifference = {
  what: "model" | "weights" | "steps" | "guidance" | "size" | "scheduler" | "negative prompt";
  /** null: not known yet. */
  baseline: string | null;
  own: string | null;
};

/**
 * In what a generator differs from the baseline beside its method: methods compare fairly at the same base model, steps and guidance,
 * and whatever else differs may be what repairs. A model that is not known is told as well: nobody can say that it is the same.
 */
export function setupDifferences(baseline: Setup, own: Setup): SetupDifference[] {
  const [theirs, ours] = [partsOf(baseline), partsOf(own)];
  const differs = theirs.flatMap(({ what, text }, at) => {
    const other = ours[at]?.text ?? null;
    return text !== null && text === other ? [] : [{ what, baseline: text, own: other }];
  });
  return differs.some(({ what }) => what === "model")
    ? differs
    : [...otherWeights(baseline, own), ...differs];
}

/** Of one name and revision, and not the same numbers: a LoRA, another UNet or type, or a folder that is only called alike. */
function otherWeights(baseline: Setup, own: Setup): SetupDifference[] {
  const [theirs, ours] = [baseline, own].map(({ weightsHash }) => weightsHash?.split("+")[0]);
  if (!theirs || !ours || theirs === ours) return [];
  return [{ what: "weights", baseline: theirs.slice(0, 12), own: ours.slice(0, 12) }];
}

function partsOf({ model, parameters }: Setup): Part[] {
  const said = Said.safeParse(parameters).data;
  const part = (what: Part["what"], text: string | undefined): Part => ({
    what,
    text: text ?? null,
  });
  return [
    part("model", model ? `${model.name} at ${model.revision}` : undefined),
    part("steps", said && `${said.steps}`),
    part("guidance", said && `${said.guidance_scale}`),
    part("size", said && `${said.width} × ${said.height}`),
    part("scheduler", said && (said.scheduler || "the endpoint's own")),
    part("negative prompt", said && (said.negative_prompt ? `“${said.negative_prompt}”` : "none")),
  ];
}

type Part = { what: SetupDifference["what"]; text: string | null };
