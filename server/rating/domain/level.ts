export const LEVEL_RULE_VERSION = 1;
export const IMAGES_PER_GRID = 20;

export type Level = 1 | 2 | 3 | 4 | 5;

/** What a screened grid says that stopped at a correct image: a bound, never a Level. */
export type Censored = "at most 4";

/** Of a Level that is there; only a screened one has no number. */
export const shownLevel = ({ level }: { level: number | null }): number | Censored =>
  level ?? "at most 4";

/** LC-Mis paper: correct images of 20 -> Level. 0 -> 5, 1-5 -> 4, 6-10 -> 3, 11-15 -> 2, 16-20 -> 1. */
export function levelOf(correct: number): Level {
  if (!Number.isInteger(correct) || correct < 0 || correct > IMAGES_PER_GRID) {
    throw new RangeError(`${correct} correct images; a full grid has 0 to ${IMAGES_PER_GRID}`);
  }
  return (5 - Math.ceil(correct / 5)) as Level;
}

const Z_95 = 1.959964;

/** Wilson score interval of a share, 95 % unless `z` says otherwise (Wilson 1927; Newcombe 1998). */
export function wilsonInterval(
  count: number,
  total: number,
  z = Z_95,
): { low: number; high: number } {
  if (total === 0) return { low: 0, high: 1 };
  const share = count / total;
  const z2 = z ** 2;
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half =
    (z * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total ** 2))) / (1 + z2 / total);
  // At the ends the exact limit is 0 or 1; floating point would miss it by a hair.
  return { low: count === 0 ? 0 : centre - half, high: count === total ? 1 : centre + half };
}
