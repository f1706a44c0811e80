import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOffer } from "@/gpu-bridge/contract/offer";
import { RenderOutput } from "@/gpu-bridge/contract/schemas";
import { ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { openTinyWorld, type TinyWorld } from "@/gpu-bridge/local/engine/tiny-world";
import { type LexiconFamily, lexicon } from "@/server/mining/domain/offline/lexicon";
import { typicalHost } from "@/server/mining/domain/offline/propose-offline";
import { writeOffline } from "@/server/mining/domain/offline/write-offline";
import { TestbedLevels } from "./testbed-world";

const FILE = join(import.meta.dirname, "../data/testbed-levels.json");
const MODEL = join(import.meta.dirname, "../../gpu-bridge/testbed/tiny-world");
const SEEDS = [101, 102, 103, 104];
const SEEN_FROM = 0.5;
const ASKED = { steps: 20, guidance_scale: 5, width: 64, height: 64 };
const KEPT_EVERY = 12;

type World = Pick<TinyWorld, "/plain" | "/oracle">;

/**
 * Draws every untypical pair of the trained families until the oracle sees a first correct image, five prompts of four seeds
 * at most, and keeps what it saw beside the other data. Half an hour of two cores, once for these weights; it goes on where it stopped.
 */
export async function measureTestbed(
  report: (done: number, total: number) => void,
): Promise<TestbedLevels> {
  return measureWorld(await openTinyWorld(process.env.TEACUP_TINY_WORLD || MODEL, 2), FILE, report);
}

/** A world that draws and one that looks, and the file in which what was seen is kept. */
export async function measureWorld(
  world: World,
  file: string,
  report: (done: number, total: number) => void,
): Promise<TestbedLevels> {
  const table = begin(world, file);
  const words = wordsOf(world);
  const wanted = pairsOf(lexicon.families.filter(({ id }) => table.families.includes(id)));
  for (const [at, { a, b }] of wanted.entries()) {
    const row = table.firstCorrect[a] ?? {};
    table.firstCorrect[a] = row;
    if (row[b] !== undefined) continue;
    row[b] = await firstCorrect(world, writeOffline(a, b, words), [a, b]);
    report(at + 1, wanted.length);
    if (at % KEPT_EVERY === 0 || at === wanted.length - 1)
      writeFileSync(file, `${JSON.stringify(table, null, 1)}\n`);
  }
  return table;
}

/** What was seen of other weights, or by another oracle, is nothing to go on from. */
function begin(world: World, file: string): TestbedLevels {
  const { weights_hash: weights, revision } = world["/plain"].model;
  const { weights_hash: oracle } = world["/oracle"].model;
  const kept = existsSync(file)
    ? TestbedLevels.parse(JSON.parse(readFileSync(file, "utf8")))
    : null;
  if (kept?.weights === weights && kept.oracle === oracle) return kept;
  const families = lexicon.families.map(({ id }) => id).filter((id) => revision.includes(id));
  return { weights, oracle, seeds: SEEDS, families, firstCorrect: {} };
}

/** Contents and hosts of all families, also crossed; what is typical in any of them is left out. */
function pairsOf(families: readonly LexiconFamily[]) {
  const isTypical = (a: string, b: string) =>
    families.some((family) => typicalHost(family, a)?.name === b);
  return families.flatMap((content) =>
    families.flatMap((host) =>
      content.a.flatMap(({ name: a }) =>
        host.b.filter(({ name: b }) => !isTypical(a, b)).map(({ name: b }) => ({ a, b })),
      ),
    ),
  );
}

async function firstCorrect(
  world: World,
  prompts: readonly string[],
  texts: readonly string[],
): Promise<number> {
  const { signal } = new AbortController();
  for (const [at, prompt] of prompts.entries()) {
    const asked = { ...ASKED, prompt, seeds: SEEDS };
    const { images } = RenderOutput.parse(await world["/plain"].run(asked, signal));
    const question = { images, scores: [{ scorer: "oracle", texts }] };
    const judged = ScoreOutput.parse(await world["/oracle"].run(question, signal));
    const seen = (judged.scores[0]?.values ?? []).map((row) =>
      row.every((value) => value !== null && value >= SEEN_FROM),
    );
    if (seen.includes(true)) return at * SEEDS.length + seen.indexOf(true) + 1;
  }
  return 0;
}

/** As the product hears of them. */
function wordsOf(world: World): string[] {
  const words = readOffer(world["/plain"].openApi, {})?.vocabulary?.words;
  if (!words) throw new Error("The model does not tell its words");
  return words;
}
