import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";
import type { Tx } from "@/db/client";
import { type Account, accounts } from "@/db/schema";
import { AppError } from "@/server/core/errors";

type NewAccount = Pick<Account, "name" | "mail" | "isAdmin"> & { passwordHash: string };

/** @throws CONFLICT when the mail address is taken. */
export async function createAccount(tx: Tx, values: NewAccount): Promise<Account> {
  try {
    const [account] = await tx.insert(accounts).values(values).returning();
    if (!account) throw new Error("An inserted account did not come back");
    return account;
  } catch (error) {
    if (isMailTaken(error)) {
      throw new AppError("CONFLICT", "There is an account with this mail address already", {
        cause: error,
      });
    }
    throw error;
  }
}

const isMailTaken = (error: unknown): boolean =>
  error instanceof DrizzleQueryError &&
  error.cause instanceof postgres.PostgresError &&
  error.cause.constraint_name === "account_mail_key";
