type Said = {
  model: { name: string; revision: string } | null;
  method: { name: string; version: string; mode?: string | undefined } | null;
};

// As much of a commit as tells two apart; a revision in words stays whole.
const SHORT = 12;
const shortened = (revision: string) =>
  /^[0-9a-f]+$/.test(revision) ? revision.slice(0, SHORT) : revision;

/** "moce, version 1 (per_image), on sdxl at 462165984030": as the endpoint told it; nothing where no answer told of it. */
export function drawnByExactly({ model, method }: Said): string | undefined {
  if (!model || !method) return undefined;
  const mode = method.mode ? ` (${method.mode})` : "";
  return `${method.name}, version ${method.version}${mode}, on ${model.name} at ${shortened(model.revision)}`;
}

// Endpoints tell ids; these are known by other names.
const METHODS: Record<string, string> = {
  plain: "the plain model",
  moce: "MoCE",
  attend_and_excite: "Attend-and-Excite",
  concept_diffusion: "Concept Diffusion",
  decorrelation: "Decorrelation",
};
const MODES: Record<string, string> = {
  searched: "its step searched",
  per_image: "its step searched for each image",
  per_prompt: "one step searched for all images of a prompt",
  known: "at a known step",
};
const spaced = (id: string) => id.replaceAll("_", " ");

/** "Drawn by MoCE, its step searched for each image, on sdxl": the same for a reader; nothing where no answer told of it. */
export function drawnByWords({ model, method }: Said): string | null {
  if (!model || !method) return null;
  const { name, mode } = method;
  const how = mode && mode !== name ? `, ${MODES[mode] ?? spaced(mode)}` : "";
  // A model of several parts names the part that draws.
  const on = model.name.replace(/: generator$/, "");
  return `Drawn by ${METHODS[name] ?? spaced(name)}${how}, on ${on}`;
}
