import { and, eq, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts } from "@/db/schema";
import type { Session } from "./session";
import type { Viewer } from "./viewer";

/** Null once the account is disabled or its session version has moved on. */
export async function findViewer(db: DbOrTx, session: Session): Promise<Viewer | null> {
  const [viewer] = await db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      mail: accounts.mail,
      isAdmin: accounts.isAdmin,
    })
    .from(accounts)
    .where(
      and(
        eq(accounts.id, session.accountId),
        eq(accounts.sessionVersion, session.sessionVersion),
        eq(accounts.isSimulated, false),
        isNull(accounts.disabledAt),
      ),
    );
  return viewer ?? null;
}
