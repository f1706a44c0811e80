import { z } from "zod";

const Told = z.object({ judge: z.object({ seen_from: z.number() }) });

/** How the numbers of a scorer that judges become verdicts: from which number on a concept is seen. */
export type JudgeRule = { seenFrom: number };

/** What `settings.judge` of a scorer says; null: it does not judge, its numbers are for comparing only. */
export function judgeRule(settings: unknown): JudgeRule | null {
  const told = Told.safeParse(settings);
  return told.success ? { seenFrom: told.data.judge.seen_from } : null;
}

/** A scorer's number as a score. A judge's abstention is as if it saw nothing, as in every count of its verdicts, not less than nothing. */
export const scoreOf = (value: number, rule: JudgeRule | null): number =>
  rule ? Math.max(0, value) : value;

export type AutomaticVerdict = "correct" | "incorrect" | "abstained";

/** `weaker` is the lower of an image's numbers for the two concepts: both have to be seen. A number below 0 is an abstention. */
export function automaticVerdict(weaker: number, { seenFrom }: JudgeRule): AutomaticVerdict {
  if (weaker < 0) return "abstained";
  return weaker >= seenFrom ? "correct" : "incorrect";
}
