import type { Verdict } from "@/db/enums";
import type { VerdictDetail } from "../schemas";

const NEEDED = ["aSeen", "bSeen", "relation"] as const;

const isRight = (detail: VerdictDetail): boolean => NEEDED.every((name) => detail[name] === true);

/**
 * From detail to verdict: A seen, B seen and placed as the prompt says make an image correct, anything
 * less makes it incorrect. What intrudes does not count. The first answer about an image answers all
 * four questions: what was not said to be there was not seen.
 */
export function flipDetail(
  { verdict, detail }: { verdict: Verdict | null; detail: VerdictDetail },
  name: keyof VerdictDetail,
): { verdict: Verdict; detail: VerdictDetail } {
  const before = judgeInDetail(detail, verdict);
  const asked = { aSeen: false, bSeen: false, relation: false, latentSeen: false, ...before };
  const after = { ...asked, [name]: !asked[name] };
  return { verdict: isRight(after) ? "correct" : "incorrect", detail: after };
}

/**
 * From verdict to detail, where it follows: correct means that all three are there. Incorrect does not
 * say which is missing; answers that would make the image correct are taken back.
 */
export function judgeInDetail(detail: VerdictDetail, verdict: Verdict | null): VerdictDetail {
  if (verdict === "correct") {
    if (isRight(detail) && detail.latentSeen !== undefined) return detail;
    return { latentSeen: false, ...detail, aSeen: true, bSeen: true, relation: true };
  }
  return verdict === "incorrect" && isRight(detail) ? {} : detail;
}
