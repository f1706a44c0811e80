export type Answer = { httpStatus?: number | undefined };
/** `wrong`: something in it can never be taken; `refused`: none of it can be now. */
export type ResendPlan = "again" | "signIn" | "refused" | "wrong";

/** What an unsuccessful write means for the outbox. Only a plain refusal gives up on it. */
export function resendPlan({ httpStatus }: Answer): ResendPlan {
  if (httpStatus === undefined || httpStatus >= 500 || httpStatus === 429) return "again";
  if (httpStatus === 400) return "wrong";
  return httpStatus === 401 ? "signIn" : "refused";
}

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** Doubles up to half a minute; `chance` (0 to 1) spreads many browsers that lost one server. */
export function resendDelay(failures: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + chance / 2));
}
