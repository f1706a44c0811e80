import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { accounts, signInFailures } from "@/db/schema";
import { hashPassword, passwordMatches } from "@/server/auth/hash-password";
import { SIGN_IN_LIMITS } from "@/server/auth/refuse-too-many-failures";
import { verifySignIn } from "@/server/auth/verify-sign-in";
import { sha256 } from "@/server/core/secret";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const { perAccount, perAddress, everywhere } = SIGN_IN_LIMITS;

beforeEach(async () => {
  await db.delete(signInFailures);
});

const signIn = (mail: string, password: string, address: string | null = null) =>
  verifySignIn(db, { mail, password, address });

async function writeFailures(
  count: number,
  {
    mail,
    address = null,
    minutesAgo = 1,
  }: { mail?: string; address?: string | null; minutesAgo?: number },
) {
  const rows = Array.from({ length: count }, (_, index) => ({
    mailHash: sha256(mail ?? `nobody-${index}@example.org`),
    address,
    createdAt: sql`now() - make_interval(mins => ${minutesAgo})`,
  }));
  await db.insert(signInFailures).values(rows as never);
}

test("the right mail and password open a session of the account's present version", async () => {
  const account = await makeAccountWithPassword(db, { sessionVersion: 7 });

  expect(await signIn(account.mail, PASSWORD)).toEqual({
    accountId: account.id,
    sessionVersion: 7,
  });
});

test("the mail may be written in capitals and with spaces around it", async () => {
  const account = await makeAccountWithPassword(db);

  expect(await signIn(` ${account.mail.toUpperCase()} `, PASSWORD)).not.toBeNull();
});

test("a wrong password, an unknown mail, a disabled and a simulated account are told apart by nothing", async () => {
  const known = await makeAccountWithPassword(db);
  const disabled = await makeAccountWithPassword(db, { disabledAt: new Date() });
  const simulated = await makeAccountWithPassword(db, { isSimulated: true, passwordHash: null });

  expect(await signIn(known.mail, "not the password")).toBeNull();
  expect(await signIn("nobody@example.org", PASSWORD)).toBeNull();
  expect(await signIn(disabled.mail, PASSWORD)).toBeNull();
  expect(await signIn(simulated.mail, PASSWORD)).toBeNull();
});

test("after ten wrong passwords even the right one waits, and other accounts do not", async () => {
  const attacked = await makeAccountWithPassword(db);
  const other = await makeAccountWithPassword(db);
  await writeFailures(perAccount, { mail: attacked.mail });

  await expect(signIn(attacked.mail, PASSWORD)).rejects.toMatchObject({ code: "TOO_MANY" });
  expect(await signIn(other.mail, PASSWORD)).not.toBeNull();
});

test("failures older than the window no longer count", async () => {
  const account = await makeAccountWithPassword(db);
  await writeFailures(perAccount, { mail: account.mail, minutesAgo: 16 });

  expect(await signIn(account.mail, PASSWORD)).not.toBeNull();
});

test("a refused attempt does not make the wait longer, a right one leaves no failure", async () => {
  const account = await makeAccountWithPassword(db);
  await signIn(account.mail, PASSWORD);
  await writeFailures(perAccount, { mail: account.mail });
  await expect(signIn(account.mail, PASSWORD)).rejects.toMatchObject({ code: "TOO_MANY" });

  const mine = eq(signInFailures.mailHash, sha256(account.mail));
  expect(await db.$count(signInFailures, and(mine))).toBe(perAccount);
});

test("thirty guesses at once are not more than ten guesses", async () => {
  const account = await makeAccountWithPassword(db);
  const guesses = Array.from({ length: 30 }, () => signIn(account.mail, "not the password"));
  const results = await Promise.allSettled(guesses);

  const answered = results.filter((result) => result.status === "fulfilled");
  expect(answered.length).toBeLessThanOrEqual(perAccount);
});

test("one address behind a trusted proxy is stopped before it can try every account", async () => {
  const account = await makeAccountWithPassword(db);
  await writeFailures(perAddress, { address: "203.0.113.9" });

  await expect(signIn(account.mail, PASSWORD, "203.0.113.9")).rejects.toMatchObject({
    code: "TOO_MANY",
  });
  expect(await signIn(account.mail, PASSWORD, "203.0.113.10")).not.toBeNull();
});

test("under a flood from everywhere a mail has one guess, so whoever knows the password gets in", async () => {
  const calm = await makeAccountWithPassword(db);
  const attacked = await makeAccountWithPassword(db);
  await writeFailures(everywhere, {});
  await writeFailures(1, { mail: attacked.mail });

  expect(await signIn(calm.mail, PASSWORD)).not.toBeNull();
  await expect(signIn(attacked.mail, PASSWORD)).rejects.toMatchObject({ code: "TOO_MANY" });
});

test("a password is kept as scrypt with its costs, salted, and in no other form", async () => {
  const [one, two] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);

  expect(one).toMatch(/^scrypt\$65536\$8\$2\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await passwordMatches(PASSWORD, two)).toBe(true);
  expect(await passwordMatches(`${PASSWORD} `, two)).toBe(false);
});

test("two accounts cannot share a mail, however it is written", async () => {
  const account = await makeAccountWithPassword(db);

  await expect(
    db.insert(accounts).values({ name: "Twin", mail: account.mail.toUpperCase() }),
  ).rejects.toMatchObject({ cause: { constraint_name: "account_mail_key" } });
});
