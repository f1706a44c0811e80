import { z } from "zod";
import { VERDICTS } from "@/db/enums";
import { pairKey } from "@/server/mining/domain/pair-key";
import {
  emptyItem,
  type ImportedImage,
  type ImportItem,
  namedPattern,
  type ReadImport,
  type ReportedLevel,
  wrongItem,
} from "./import-item";
import type { Numbered } from "./read-json";
import { finderIn, reportedCells } from "./read-row";
import { generatorName, readReported, reportKey, textOf } from "./reported-level";

const MOST_SEED = 2 ** 31 - 1;
const text = z.string().trim().min(1);
const Shape = z.object({
  file: text,
  a: text,
  b: text,
  prompt: text.max(2000),
  generator: text.max(200),
  latent: text.nullable(),
  pattern: text.nullable(),
  place: z.coerce.number().int().min(1).max(1000).nullable(),
  seed: z.coerce.number().int().min(0).max(MOST_SEED).nullable(),
  verdict: z.enum(VERDICTS).nullable(),
});
type Entry = z.infer<typeof Shape>;
type Read = { item: ImportItem; image: ImportedImage | null };

export const isManifest = (value: unknown): boolean => {
  const find = finderIn(value);
  return find("file", "file_name") !== undefined;
};

/** A manifest of images, one entry an image; the entries of a pair become one item. */
export function readManifest(rows: readonly Numbered[]): ReadImport {
  const byPair = new Map<string, ImportItem>();
  const wrong: ImportItem[] = [];
  for (const { line, value } of rows) {
    const { item, image } = readEntry(line, value);
    if (item.problem || !image) {
      wrong.push(item);
      continue;
    }
    const key = pairKey(item.a ?? "", item.b ?? "");
    const known = byPair.get(key);
    if (!known) byPair.set(key, { ...item, images: [image] });
    else addTo(known, item, image);
  }
  const items = [...byPair.values()].map(withCounts);
  const all = [...items, ...wrong].sort((x, y) => x.line - y.line);
  return { format: "manifest", delimiter: null, items: all, leftOut: [], problem: null };
}

function readEntry(line: number, value: unknown): Read {
  const find = finderIn(value);
  const pair = find("pair");
  const [a, b] = Array.isArray(pair) ? pair : [];
  const cells = reportedCells(find);
  const read = Shape.safeParse({
    file: find("file", "file_name"),
    a: find("concept_a", "a", "first") ?? a,
    b: find("concept_b", "b", "second") ?? b,
    prompt: find("prompt"),
    generator: generatorName(cells),
    latent: textOf(find("latent", "c")),
    pattern: textOf(find("pattern")),
    place: textOf(find("prompt_number", "position")),
    seed: textOf(find("seed")),
    verdict: textOf(find("verdict")),
  });
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0] ?? "the entry");
    return {
      item: wrongItem(line, `${WORDS[field] ?? field} is missing or cannot be read`),
      image: null,
    };
  }
  const { reported, problem } = readReported(cells);
  const item = { ...itemOf(line, read.data, reported), problem };
  const given = { date: textOf(cells.date), raters: textOf(cells.raters) };
  return { item, image: { ...imageOf(read.data), ...given } };
}

const WORDS: Record<string, string> = { a: "A", b: "B", place: "prompt_number" };

const itemOf = (line: number, entry: Entry, reported: ReportedLevel | null): ImportItem => ({
  ...emptyItem(line),
  a: entry.a,
  b: entry.b,
  latent: entry.latent,
  pattern: entry.pattern ? namedPattern(entry.pattern) : null,
  reported: reported ? [reported] : [],
});

const imageOf = ({ file, prompt, place, seed, generator, verdict }: Entry) => ({
  file: file.replace(/^\.\//, ""),
  prompt,
  place,
  set: null,
  seed,
  generator,
  verdict,
});

/** Every entry of a pair may repeat its Level: it is one. */
function addTo(known: ImportItem, item: ImportItem, image: ImportedImage): void {
  known.images.push(image);
  known.pattern ??= item.pattern;
  known.latent ??= item.latent;
  const keys = new Set(known.reported.map(reportKey));
  known.reported.push(...item.reported.filter((report) => !keys.has(reportKey(report))));
}

/** Verdicts on single images are counted; nobody said what Level they make, so it stays unknown. */
function withCounts(item: ImportItem): ImportItem {
  const judged = item.images.filter(
    ({ verdict }) => verdict === "correct" || verdict === "incorrect",
  );
  const groups = Map.groupBy(judged, ({ generator, date, raters }) =>
    JSON.stringify([generator, date, raters]),
  );
  const counted = [...groups.values()].flatMap((images): ReportedLevel[] => {
    const [first] = images;
    if (!first) return [];
    const { generator, date: ratedOn, raters } = first;
    const correct = images.filter(({ verdict }) => verdict === "correct").length;
    return [{ generator, ratedOn, raters, level: null, correct, rated: images.length }];
  });
  return { ...item, reported: [...item.reported, ...counted] };
}
