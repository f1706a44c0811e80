import type { ScoreInput, ScoreOutput } from "../../contract/score-schemas";
import { findAll, type Vocabulary } from "../scene/vocabulary";
import { rawWordsOf } from "../scene/words";
import type { ModelAbout } from "./asking";
import { SIDE } from "./model";
import type { Networks } from "./networks";
import { planesOf, readPicture } from "./pictures";
import { Refused } from "./refused";

export const ORACLE = { name: "oracle", version: "1", title: "Oracle" } as const;
/** The text whose number is the probability that a picture is none of the world's. */
export const MALFORMED = "malformed";
const ROWS = 20;
// What the numbers mean to whoever takes verdicts from them: below 0 it abstains.
const SETTINGS = { judge: { seen_from: 0.5 }, sure_from: 0.5, malformed_above: 0.5 };
const ABSTAINS = -1;

/** Names in the order of the oracle's classes; class 0 of a head is none. A name stands for its first class. */
export type Classes = { contents: readonly string[]; hosts: readonly string[] };
type Verdict = { host: Float32Array; item: Float32Array; garbage: Float32Array };
export type Oracle = {
  networks: Networks;
  vocabulary: Vocabulary;
  classes: Classes;
  about: ModelAbout;
};

/**
 * How likely each picture shows what each text names: the probability of its content, of its host, or the
 * product of all that it names. -1 (it abstains) for a text that names nothing of the world, and for a
 * picture that is malformed or of which it is not sure. @throws Refused
 */
export async function judge(
  oracle: Oracle,
  input: ScoreInput,
  signal: AbortSignal,
): Promise<ScoreOutput> {
  const stranger = input.scores.findIndex(({ scorer }) => scorer !== ORACLE.name);
  if (stranger >= 0) {
    const { scorer } = input.scores[stranger] ?? {};
    throw new Refused(
      `input.scores[${stranger}].scorer '${scorer}' is not here: this endpoint has ${ORACLE.name}.`,
    );
  }
  if (input.scores.some(({ corrupted }) => corrupted)) {
    throw new Refused(
      "input.scores has corrupted texts, which are for a captioner alone: leave them out.",
    );
  }
  const begun = performance.now();
  const verdicts = await look(oracle, input.images, signal);
  return {
    scores: input.scores.map(({ scorer, texts }) => ({
      scorer,
      version: ORACLE.version,
      settings: SETTINGS,
      model: oracle.about,
      texts,
      values: verdicts.map((verdict) => texts.map((text) => chanceOf(oracle, verdict, text))),
      truncated: {},
    })),
    timings: { oracle: (performance.now() - begun) / 1000 },
  };
}

async function look({ networks }: Oracle, images: readonly string[], signal: AbortSignal) {
  const verdicts: Verdict[] = [];
  for (let at = 0; at < images.length; at += ROWS) {
    const part = images.slice(at, at + ROWS);
    const read = part.map((url, place) => readPicture(url, `input.images[${at + place}]`, SIDE));
    const rows = (await Promise.all(read)).map(planesOf);
    const feeds = { pixel_values: { rows, dims: [3, SIDE, SIDE] } };
    const { host = [], item = [], garbage = [] } = await networks.oracle(feeds, signal);
    const empty = new Float32Array();
    rows.forEach((_, row) => {
      const [h, i, g] = [host, item, garbage].map((head) => softmax(head[row] ?? empty));
      verdicts.push({ host: h ?? empty, item: i ?? empty, garbage: g ?? empty });
    });
  }
  return verdicts;
}

function chanceOf({ vocabulary, classes }: Oracle, verdict: Verdict, text: string): number {
  if (text.trim().toLowerCase() === MALFORMED) return verdict.garbage[1] ?? 0;
  const named = findAll(vocabulary, rawWordsOf(text)).flatMap(
    ({ entries: [entry] }) => entry ?? [],
  );
  if (named.length === 0 || !isSure(verdict)) return ABSTAINS;
  return named
    .map(({ role, name }) => {
      const head = role === "content" ? verdict.item : verdict.host;
      const names = role === "content" ? classes.contents : classes.hosts;
      return head[names.indexOf(name) + 1] ?? 0;
    })
    .reduce((product, value) => product * value, 1);
}

/** As Python's oracle has it: of any picture on which a head gives its best class less, it says nothing. */
const isSure = ({ host, item, garbage }: Verdict) =>
  (garbage[1] ?? 0) <= SETTINGS.malformed_above &&
  [host, item].every((head) => Math.max(...head) >= SETTINGS.sure_from);

function softmax(logits: Float32Array): Float32Array {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
