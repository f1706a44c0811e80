import type { ScoreInput, ScoreOutput } from "../../contract/score-schemas";
import type { Vocabulary } from "../scene/vocabulary";
import type { ModelAbout } from "./asking";
import { SIDE } from "./model";
import type { Networks } from "./networks";
import { type Classes, chanceOf, JUDGE_SETTINGS, type Verdict } from "./oracle-verdict";
import { planesOf, readPicture } from "./pictures";
import { Refused } from "./refused";

export const ORACLE = { name: "oracle", version: "1", title: "Oracle" } as const;
const ROWS = 20;

export type Oracle = {
  networks: Networks;
  vocabulary: Vocabulary;
  classes: Classes;
  about: ModelAbout;
};

/** What each picture shows of each text, as an automatic judge says it (`chanceOf`). @throws Refused */
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
      settings: JUDGE_SETTINGS,
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

function softmax(logits: Float32Array): Float32Array {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
