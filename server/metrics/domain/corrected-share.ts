/** So many of so many. */
export type Counted = { count: number; total: number };
export type Interval = { low: number; high: number };

/** Why a share cannot be corrected. */
export const NOT_ESTIMABLE = [
  "nothing judged",
  "nothing rated by both",
  "people found none correct",
  "people found none incorrect",
  "no better than chance",
] as const;
export type NotEstimable = (typeof NOT_ESTIMABLE)[number];
export type Corrected = ({ share: number } & Interval) | NotEstimable;

/** What the judge said of images whose truth is known: of the correct ones and of the others, how many it got right. */
export type Accuracy = { sensitivity: Counted; specificity: Counted };

/**
 * The true share of correct images behind the share that an imperfect judge calls correct, clipped to 0..1:
 * (AP + Sp - 1) / (Se + Sp - 1). Rogan, W. J. and Gladen, B. (1978), Estimating prevalence from the results of a screening test,
 * American Journal of Epidemiology 107, 71-76. Where Se + Sp <= 1 the judge's word says nothing about the truth.
 */
export function correctedShare(raw: Counted, accuracy: Accuracy): Corrected {
  const { sensitivity, specificity } = accuracy;
  if (raw.total === 0) return "nothing judged";
  if (sensitivity.total + specificity.total === 0) return "nothing rated by both";
  if (sensitivity.total === 0) return "people found none correct";
  if (specificity.total === 0) return "people found none incorrect";
  const [se, sp] = [shareOf(sensitivity), shareOf(specificity)];
  // In whole numbers: shares of thirds miss 1 by a hair.
  const gain =
    sensitivity.count * specificity.total -
    (specificity.total - specificity.count) * sensitivity.total;
  if (gain <= 0) return "no better than chance";
  const share = clipped((shareOf(raw) + sp - 1) / (se + sp - 1));
  return { share, ...intervalOf(raw, accuracy) };
}

const Z_95 = 1.959963984540054;

/**
 * 95 %, with the uncertainty of all three shares, each taken as a sample of its own. Lang, Z. and Reiczigel, J. (2014), Confidence
 * limits for prevalence of disease adjusted for estimated sensitivity and specificity, Preventive Veterinary Medicine 113, 13-22,
 * Eqs. 4 and 16-17 (with (1 - P)^2 in Eq. 4). Where the same images stand in two of the samples it is wider than it need be.
 */
function intervalOf(raw: Counted, { sensitivity, specificity }: Accuracy): Interval {
  const [ap, se, sp] = [
    moderated(raw, Z_95 ** 2),
    moderated(sensitivity, 2),
    moderated(specificity, 2),
  ];
  const gain = se.share + sp.share - 1;
  if (gain <= 0) return { low: 0, high: 1 };
  const share = (ap.share + sp.share - 1) / gain;
  const shift = 2 * Z_95 ** 2 * (share * se.variance - (1 - share) * sp.variance);
  const variance = ap.variance + share ** 2 * se.variance + (1 - share) ** 2 * sp.variance;
  const half = (Z_95 * Math.sqrt(variance)) / gain;
  return { low: clipped(share + shift - half), high: clipped(share + shift + half) };
}

/** A share with so many more seen, half of them hits, and its variance. */
function moderated({ count, total }: Counted, more: number) {
  const share = (count + more / 2) / (total + more);
  return { share, variance: (share * (1 - share)) / (total + more) };
}

const shareOf = ({ count, total }: Counted) => count / total;
const clipped = (share: number) => Math.min(1, Math.max(0, share));
