import { z } from "zod";
import { PAIR_STATES, PATTERN_CATEGORIES, REJECT_REASONS } from "@/db/enums";
import {
  emptyItem,
  type ImportedImage,
  type ImportItem,
  type ReadImport,
  wrongItem,
} from "./import-item";
import type { Numbered } from "./read-json";
import { finderIn, reportedCells } from "./read-row";
import { generatorName, readReported } from "./reported-level";

const text = z.string();
const Render = z.looseObject({
  generator: text,
  revision: z.number(),
  prompt_set: z.number(),
  prompt: z.number(),
  images: z.array(z.looseObject({ file: text, seed: z.number() })),
});
const Record = z.looseObject({
  concept_a: text,
  concept_b: text,
  latent: text.nullable(),
  phase: z.number().int().min(1).max(4),
  state: z.enum(PAIR_STATES),
  reason: z.enum(REJECT_REASONS).nullable(),
  reason_text: text.nullable(),
  rationale: text.nullable(),
  pattern: z.object({
    name: text,
    definition: text,
    category: z.enum(PATTERN_CATEGORIES),
    phase: z.union([z.literal(1), z.literal(3), z.literal(4)]),
  }),
  prompt_sets: z.array(z.object({ prompts: z.array(z.looseObject({ text })) })),
  levels: z.array(z.looseObject({})),
  renders: z.array(Render),
});
type Record = z.infer<typeof Record>;

const Kept = z.looseObject({
  prompt_sets: z.array(z.any()),
  pattern: z.looseObject({ name: text }),
});
export const isExportRecord = (value: unknown): boolean => Kept.safeParse(value).success;

/** Our own pairs.jsonl. What only the exporting project can hold is counted, not dropped in silence. */
export function readExport(rows: readonly Numbered[]): ReadImport {
  const left = { exchanges: 0, proposals: 0, looks: 0, decisions: 0 };
  const items = rows.map(({ line, value }) => {
    const read = Record.safeParse(value);
    if (!read.success)
      return wrongItem(line, `${read.error.issues[0]?.path.join(".")} is not as we export it`);
    for (const kind of Object.keys(left) as (keyof typeof left)[]) {
      const held = read.data[kind];
      left[kind] += Array.isArray(held) ? held.length : 0;
    }
    return itemOf(line, read.data);
  });
  return { format: "export", delimiter: null, items, leftOut: leftOutOf(left), problem: null };
}

function itemOf(line: number, record: Record): ImportItem {
  const levels = record.levels.map((level) => readReported(reportedCells(finderIn(level))));
  return {
    ...emptyItem(line),
    a: record.concept_a,
    b: record.concept_b,
    latent: record.latent,
    pattern: record.pattern,
    promptSets: record.prompt_sets.map((set) => set.prompts.map((prompt) => prompt.text)),
    reported: levels.flatMap(({ reported }) => reported ?? []),
    images: record.renders.flatMap((render) => imagesOf(record, render)),
    standing: {
      state: record.state,
      phase: record.phase,
      reason: record.reason,
      reasonText: record.reason_text,
      rationale: record.rationale,
    },
    problem: levels.find((level) => level.problem)?.problem ?? null,
  };
}

function imagesOf(record: Record, render: z.infer<typeof Render>): ImportedImage[] {
  const set = record.prompt_sets[render.prompt_set - 1];
  const prompt = set?.prompts[render.prompt - 1]?.text ?? "";
  return render.images.map(({ file, seed }) => ({
    file,
    prompt,
    place: render.prompt,
    set: render.prompt_set,
    seed,
    generator: generatorName(render) ?? "",
    // Its revision says what made it; the renders of one grid end at different times.
    date: null,
    raters: null,
    verdict: null,
  }));
}

function leftOutOf(left: { [kind: string]: number }): string[] {
  const parts = Object.entries(left).filter(([, count]) => count > 0);
  if (parts.length === 0) return [];
  const counts = parts.map(([name, count]) => `${count} ${count === 1 ? name.slice(0, -1) : name}`);
  return [`${counts.join(", ")}: these stay with the project that exported them`];
}
