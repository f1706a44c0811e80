import { wilsonInterval } from "@/server/rating/domain/level";

export type SubstitutedShare = {
  asked: number;
  substituted: number;
  share: number;
  low: number;
  high: number;
};

/** Over images, with an interval that takes them as independent; null: nobody was asked what they see. */
export function substitutedShare(
  rows: readonly { asked: number; substituted: number }[],
): SubstitutedShare | null {
  const asked = rows.reduce((sum, row) => sum + row.asked, 0);
  const substituted = rows.reduce((sum, row) => sum + row.substituted, 0);
  if (asked === 0) return null;
  return { asked, substituted, share: substituted / asked, ...wilsonInterval(substituted, asked) };
}
