import { asc, eq, sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { accounts } from "@/db/schema";
import { env } from "@/server/core/env";
import { AppError } from "@/server/core/errors";
import { recount } from "@/server/counters/recount";
import { makeResetLink } from "./make-reset-link";

// What `npm run admin` runs beside the product, with the product's own environment.
const [command, mail] = process.argv.slice(2);
await migrateDatabase(env().DATABASE_URL);
const { db, close } = connect(env().DATABASE_URL, { max: 2 });
try {
  console.log(await answer());
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await close();
}

async function answer(): Promise<string> {
  if (command === "list") return listLines(db);
  if (command === "recount") return recountLines(db);
  return resetLines(db, mail ?? "");
}

async function recountLines(from: Db): Promise<string> {
  const wrong = await recount(from);
  if (wrong.length === 0) return "Every counter is what its rows say.";
  return wrong
    .map(({ counter, projectId, figures }) => `Mended ${figures} of ${counter} in ${projectId}`)
    .join("\n");
}

async function listLines(from: Db): Promise<string> {
  const people = await from
    .select()
    .from(accounts)
    .where(eq(accounts.isSimulated, false))
    .orderBy(asc(accounts.mail));
  if (people.length === 0) return "Nobody has an account yet: open the setup link of `npm start`.";
  return people
    .map(({ mail: address, name, isAdmin, disabledAt }) =>
      [address, name, isAdmin ? "admin" : "", disabledAt ? "disabled" : ""]
        .filter(Boolean)
        .join(", "),
    )
    .join("\n");
}

async function resetLines(from: Db, address: string): Promise<string> {
  const [account] = await from
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(eq(sql`lower(${accounts.mail})`, address.trim().toLowerCase()));
  if (!account) {
    throw new AppError(
      "NOT_FOUND",
      `Nobody has the mail ${address}: try \`npm run admin -- list\`.`,
    );
  }
  const { url, hours } = await makeResetLink(
    { db: from, actorId: null },
    { accountId: account.id },
  );
  return `A new password for ${account.name}; works once and for ${hours} hours:\n${url}`;
}
