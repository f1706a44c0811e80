import type { Concept, Scorer } from "./asking";
import type { Picture } from "./pictures";
import { Refused } from "./refused";

// How well two concepts stand in a picture, on a scorer's scale (methods.md 2.6).

export function pickScorer(scorer: Scorer | null, name: string | null): Scorer {
  if (!scorer) {
    throw new Refused("This endpoint has no scorer: name one in its file, [scorer.clipscore].");
  }
  if (name !== null && name !== scorer.name) {
    throw new Refused(`This endpoint has no scorer '${name}': it has ${scorer.name}.`);
  }
  return scorer;
}

/** One concept under two names has no disparity, and no worse half. */
export function checkApart(concepts: readonly Concept[]): void {
  const names = concepts.map(({ text }) => text.trim().toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new Refused(`The concept '${twice}' is named twice: there is nothing to tell apart.`);
  }
}

/** S_first and S_second of pictures: each concept's better text, its name or its description. */
export function makeJudge(scorer: Scorer, concepts: readonly Concept[], signal: AbortSignal) {
  const [first = [], second = []] = concepts.map(({ text, description }) =>
    description ? [text, description] : [text],
  );
  const texts = [...first, ...second];
  const removed = scorer.removed(texts);
  return {
    /** For the trace: nothing that the scorer does not read is left out in silence. */
    cut: Object.keys(removed).length > 0 ? { scorer_truncated: removed } : {},
    async scores(pictures: readonly Picture[]): Promise<{ first: number; second: number }[]> {
      const rows = await scorer.score(pictures, texts, signal);
      return rows.map((row) => ({
        first: Math.max(...row.slice(0, first.length)),
        second: Math.max(...row.slice(first.length)),
      }));
    },
  };
}
