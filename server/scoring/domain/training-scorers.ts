import { toldTraining } from "@/server/generation/domain/training";

// What each training rewards, by the name of the scorer that says the same number.
const REWARDED_BY = new Map<string, readonly string[]>([
  // Jiang et al. 2024, Eq. 4: BLIP's log-likelihood of the prompt as the image's caption.
  ["comat", ["caption-likelihood"]],
  // Xu et al. 2023: ImageReward's own fine-tuning.
  ["refl", ["imagereward"]],
]);

/**
 * The scorers that a model was trained to please, as its endpoint tells its training: by the method's name, or by `rewards`. Their
 * numbers are high by construction, like those of a scorer that chose among images.
 */
export function trainingScorers(training: unknown): readonly string[] {
  const told = toldTraining(training);
  if (!told) return [];
  return [...(REWARDED_BY.get(told.method.trim().toLowerCase()) ?? []), ...(told.rewards ?? [])];
}
