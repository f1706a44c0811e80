import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { seededDraws } from "@/server/mining/domain/random";
import type { ScriptedLlm } from "../types";
import { impressionOf } from "./impression";
import type { Knowledge } from "./knowledge";
import { readPattern } from "./patterns";
import { readPrompt } from "./read-prompt";

const NONSENSE = 0.1;
const REWORDED = 0.5;

/**
 * A language model without one. It knows how rarely concepts meet (noisily), generalises over the proven
 * pairs and those drawn well in its prompt, talks nonsense one time in ten, and repeats itself more the more it has said.
 */
export function scriptedLlm(knowledge: Knowledge, seed: number): ScriptedLlm {
  const draw = seededDraws(seed);
  const said = new Map<string, PairWords[]>();
  return {
    expand(messages, temperature) {
      const { pattern, proven, drawnWell, n } = readPrompt(messages);
      const before = said.get(pattern) ?? [];
      const impression = impressionOf(proven, drawnWell);
      const candidates = candidatesOf(pattern, knowledge, impression);
      const pairs = Array.from({ length: n }, () => {
        if (draw() < NONSENSE) return nonsense(candidates, draw);
        if (draw() < before.length / candidates.length) return reworded(pick(before, draw), draw);
        const next = mostLikely(candidates, before, temperature, draw);
        before.push(next);
        return next;
      });
      said.set(pattern, before);
      return JSON.stringify({ pairs: pairs.map(({ a, b }) => ({ a, b })) });
    },
  };
}

type Candidate = PairWords & { score: number };
type Draw = () => number;

/** The pairs of the pattern, each with how much it promises: rarely seen together, and like what worked. */
function candidatesOf(
  pattern: string,
  knowledge: Knowledge,
  impression: (concept: string) => number,
): Candidate[] {
  const { contents, hosts } = readPattern(pattern);
  const promising = (words: readonly { name: string }[]) =>
    words.map(({ name }) => ({ name, impression: impression(name) }));
  const [as, bs] = [promising(contents.a), promising(hosts.b)];
  const pairs = as.flatMap((a) => bs.map((b) => ({ a, b })));
  const logs = pairs.map(({ a, b }) => knowledge(a.name, b.name));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const spread = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length);
  return pairs.map(({ a, b }, at) => ({
    a: a.name,
    b: b.name,
    score: (mean - (logs[at] ?? 0)) / spread + a.impression + b.impression,
  }));
}

/** One draw of what it has not said, by exp(score / temperature): the greatest of scores with Gumbel noise. */
function mostLikely(
  candidates: readonly Candidate[],
  said: readonly PairWords[],
  temperature: number,
  draw: Draw,
): PairWords {
  const known = new Set(said.map(nameOf));
  const left = candidates.filter((pair) => !known.has(nameOf(pair)));
  const noisy = left.map(({ a, b, score }) => ({
    a,
    b,
    height: score / temperature - Math.log(-Math.log(1 - draw() || Number.MIN_VALUE)),
  }));
  const [first] = noisy.sort((x, y) => y.height - x.height);
  return first ? { a: first.a, b: first.b } : pick(candidates, draw);
}

const nameOf = ({ a, b }: PairWords) => `${a}|${b}`;

/** Two contents or two hosts: words of the pattern, and no pair of it. */
function nonsense(candidates: readonly Candidate[], draw: Draw): PairWords {
  const [one, other] = [pick(candidates, draw), pick(candidates, draw)];
  return draw() < 0.5 ? { a: one.a, b: other.a } : { a: one.b, b: other.b };
}

/** The same again, now and then in other words, as a model does. */
function reworded({ a, b }: PairWords, draw: Draw): PairWords {
  return draw() < REWORDED ? { a: `the ${b}`, b: a } : { a, b };
}

function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[Math.floor(draw() * items.length)];
  if (item === undefined) throw new Error("Nothing to pick from");
  return item;
}
