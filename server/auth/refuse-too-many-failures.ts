import { sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { signInFailures } from "@/db/schema";
import { AppError } from "@/server/core/errors";

export const SIGN_IN_LIMITS = {
  windowMinutes: 15,
  perAccount: 10,
  perAddress: 50,
  everywhere: 500,
} as const;

type Attempt = { mailHash: string; address: string | null };

/** @throws TOO_MANY when this mail, this address or everybody together guessed wrong too often. */
export async function refuseTooManyFailures(db: DbOrTx, attempt: Attempt): Promise<void> {
  const { windowMinutes, perAccount, perAddress, everywhere } = SIGN_IN_LIMITS;
  const failures = sql<number>`count(*)::int`;
  const [counts] = await db
    .select({
      everywhere: failures,
      account: sql<number>`count(*) filter (where ${signInFailures.mailHash} = ${attempt.mailHash})::int`,
      address: sql<number>`count(*) filter (where ${signInFailures.address} = ${attempt.address}::text)::int`,
    })
    .from(signInFailures)
    .where(sql`${signInFailures.createdAt} > now() - make_interval(mins => ${windowMinutes})`);
  if (!counts) return;
  const isOver =
    counts.account >= perAccount || counts.address >= perAddress || counts.everywhere >= everywhere;
  if (!isOver) return;
  throw new AppError(
    "TOO_MANY",
    `Too many wrong passwords. Please wait ${windowMinutes} minutes and try again`,
  );
}
