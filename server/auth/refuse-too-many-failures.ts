import { and, ne, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { signInFailures } from "@/db/schema";
import { AppError } from "@/server/core/errors";

export const SIGN_IN_LIMITS = {
  windowMinutes: 15,
  perAccount: 10,
  perAddress: 50,
  everywhere: 500,
} as const;

type Attempt = { id: string; mailHash: string; address: string | null };

/**
 * @throws TOO_MANY when this mail or this address was guessed at too often. Above the limit for
 * everybody a mail has one guess: whoever knows the password still gets in, a flood does not.
 */
export async function refuseTooManyFailures(db: DbOrTx, attempt: Attempt): Promise<void> {
  const { windowMinutes, perAccount, perAddress, everywhere } = SIGN_IN_LIMITS;
  const [failures] = await db
    .select({
      everywhere: sql<number>`count(*)::int`,
      account: sql<number>`count(*) filter (where ${signInFailures.mailHash} = ${attempt.mailHash})::int`,
      address: sql<number>`count(*) filter (where ${signInFailures.address} = ${attempt.address}::text)::int`,
    })
    .from(signInFailures)
    .where(
      and(
        ne(signInFailures.id, attempt.id),
        sql`${signInFailures.createdAt} > now() - make_interval(mins => ${windowMinutes})`,
      ),
    );
  if (!failures) return;
  const isOver =
    failures.account >= perAccount ||
    failures.address >= perAddress ||
    (failures.everywhere >= everywhere && failures.account > 0);
  if (!isOver) return;
  throw new AppError(
    "TOO_MANY",
    `Too many wrong passwords. Please wait ${windowMinutes} minutes and try again`,
  );
}
