type Said = {
  model: { name: string; revision: string } | null;
  method: { name: string; version: string; mode?: string | undefined } | null;
};

// As much of a commit as tells two apart; a revision in words stays whole.
const SHORT = 12;
const shortened = (revision: string) =>
  /^[0-9a-f]+$/.test(revision) ? revision.slice(0, SHORT) : revision;

/** "Drawn by moce, version 1 (searched), on sdxl at 462165984030"; nothing where no answer told of it. */
export function drawnByWords({ model, method }: Said): string | null {
  if (!model || !method) return null;
  const mode = method.mode ? ` (${method.mode})` : "";
  return `Drawn by ${method.name}, version ${method.version}${mode}, on ${model.name} at ${shortened(model.revision)}`;
}
