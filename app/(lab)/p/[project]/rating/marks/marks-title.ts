import type { Marks } from "@/server/rating/list-marks";

const many = (count: number, one: string) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** Says "nothing" only where neither a grid nor a rater is named below. */
export function marksTitle({ looked, grids, uniform }: Marks): string {
  if (looked === 0) return "No grid judged yet";
  const standing = [
    grids.length > 0 ? many(grids.length, "grid") : [],
    uniform.length > 0 ? many(uniform.length, "rater") : [],
  ].flat();
  if (standing.length === 0) return `Nothing stands out in ${many(looked, "grid")}`;
  const isOne = grids.length + uniform.length === 1;
  const among = looked === 1 ? "in the only grid" : `in the last ${looked} grids`;
  return `${standing.join(" and ")} ${isOne ? "stands" : "stand"} out ${among}`;
}
