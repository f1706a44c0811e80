import type { Detail } from "./detail";

type Told = Pick<Detail, "promptSets" | "added"> & {
  sheets: readonly Pick<Detail["sheets"][number], "promptSetId" | "purpose">[];
};

/** The newest prompts, those that a comparison may draw because they were mined with, and whatever has other words already: each once. */
export function promptsToReword({ promptSets, sheets, added }: Told): string[] {
  const mined = new Set(
    sheets.flatMap(({ promptSetId, purpose }) => (purpose === "mining" ? promptSetId : [])),
  );
  const sets = promptSets.filter(({ id }, at) => at === 0 || mined.has(id));
  const known = added.rewording?.prompts.map(({ from }) => from) ?? [];
  return [
    ...new Set([...sets.flatMap(({ prompts }) => prompts.map(({ text }) => text)), ...known]),
  ];
}
