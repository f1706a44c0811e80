import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Account } from "@/db/schema";
import { accounts, auditEvents, passwordResets, signInFailures } from "@/db/schema";
import { changePassword } from "@/server/auth/change-password";
import { createFirstAdmin, insertFirstAdmin } from "@/server/auth/create-first-admin";
import { findViewer } from "@/server/auth/find-viewer";
import { makeResetLink } from "@/server/auth/make-reset-link";
import { setAdmin } from "@/server/auth/set-admin";
import { setDisabled } from "@/server/auth/set-disabled";
import { setPasswordByLink, spendResetLink } from "@/server/auth/set-password-by-link";
import { setupState } from "@/server/auth/setup-state";
import { showResetLink } from "@/server/auth/show-reset-link";
import { signOutElsewhere } from "@/server/auth/sign-out-elsewhere";
import { verifySignIn } from "@/server/auth/verify-sign-in";
import { sha256 } from "@/server/core/secret";
import {
  asViewer,
  makeAccountWithPassword,
  PASSWORD,
} from "@/tests/support/make/account-with-password";
import { testDatabase } from "@/tests/support/test-database";
import { SETUP_TOKEN } from "@/tests/support/web-environment";

const { db } = await testDatabase();
const NEW_PASSWORD = "a saucer full of secrets";

const sessionOf = ({ id, sessionVersion }: Account) => ({ accountId: id, sessionVersion });
const lives = async (account: Account) => (await findViewer(db, sessionOf(account))) !== null;

test("the setup link makes the admin, and then it is spent", async () => {
  const mira = { name: "Mira", mail: "mira@example.org", password: PASSWORD };
  expect(await setupState({ db }, "not the token")).toBe("wrong_link");
  await expect(createFirstAdmin({ db }, { token: "not the token", ...mira })).rejects.toMatchObject(
    { code: "FORBIDDEN" },
  );
  expect(await setupState({ db }, SETUP_TOKEN)).toBe("open");

  await createFirstAdmin({ db }, { token: SETUP_TOKEN, ...mira });

  expect(await setupState({ db }, SETUP_TOKEN)).toBe("done");
  await expect(
    createFirstAdmin({ db }, { token: SETUP_TOKEN, ...mira, mail: "eve@example.org" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

test("of ten browsers that open the setup link at once one makes the admin (20 rounds)", async () => {
  const create = () =>
    insertFirstAdmin(
      { db },
      { token: SETUP_TOKEN, name: "Mira", mail: `${randomUUID()}@example.org`, passwordHash: "-" },
    );
  for (let round = 0; round < 20; round++) {
    // As if nobody had an account: the audit log keeps the rows themselves.
    await db.update(accounts).set({ passwordHash: null, isAdmin: false });

    const results = await Promise.allSettled(Array.from({ length: 10 }, create));

    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await db.$count(accounts, eq(accounts.isAdmin, true))).toBe(1);
  }
});

test("a change of password ends every session but the one that made it", async () => {
  const account = await makeAccountWithPassword(db);
  const renewSession = vi.fn(async () => {});

  await changePassword(
    { ...asViewer(db, account), renewSession },
    { current: PASSWORD, password: NEW_PASSWORD },
  );

  expect(await lives(account)).toBe(false);
  expect(renewSession).toHaveBeenCalledExactlyOnceWith(account.sessionVersion + 1);
  const guess = { mail: account.mail, address: null };
  expect(await verifySignIn(db, { ...guess, password: PASSWORD })).toBeNull();
  expect(await verifySignIn(db, { ...guess, password: NEW_PASSWORD })).not.toBeNull();
});

test("a wrong current password changes nothing and counts as a failed sign-in", async () => {
  const account = await makeAccountWithPassword(db);
  const change = () =>
    changePassword(asViewer(db, account), { current: "a guess", password: NEW_PASSWORD });

  await expect(change()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await lives(account)).toBe(true);
  const failure = { mailHash: sha256(account.mail) };
  await db.insert(signInFailures).values(Array.from({ length: 9 }, () => failure));
  await expect(change()).rejects.toMatchObject({ code: "TOO_MANY" });
});

test("signing out elsewhere ends the other sessions", async () => {
  const account = await makeAccountWithPassword(db);
  const renewSession = vi.fn(async () => {});
  await signOutElsewhere({ ...asViewer(db, account), renewSession });

  expect(await lives(account)).toBe(false);
  expect(renewSession).toHaveBeenCalledOnce();
});

test("disabling an account ends its sessions at once, and enabling it lets the person sign in again", async () => {
  const admin = await makeAccountWithPassword(db, { isAdmin: true });
  const account = await makeAccountWithPassword(db);
  const target = { accountId: account.id };

  await setDisabled(asViewer(db, admin), { ...target, disabled: true });
  expect(await lives(account)).toBe(false);

  await setDisabled(asViewer(db, admin), { ...target, disabled: false });
  expect(await lives(account)).toBe(false);
  const guess = { mail: account.mail, password: PASSWORD, address: null };
  expect(await verifySignIn(db, guess)).not.toBeNull();
});

test("becoming an admin ends the sessions of before", async () => {
  const admin = await makeAccountWithPassword(db, { isAdmin: true });
  const account = await makeAccountWithPassword(db);

  await setAdmin(asViewer(db, admin), { accountId: account.id, admin: true });

  expect(await lives(account)).toBe(false);
  expect(
    await findViewer(db, { accountId: account.id, sessionVersion: account.sessionVersion + 1 }),
  ).toMatchObject({ isAdmin: true });
});

test("two last admins who remove each other at the same moment leave one (20 rounds)", async () => {
  for (let round = 0; round < 20; round++) {
    await db.update(accounts).set({ isAdmin: false });
    const one = await makeAccountWithPassword(db, { isAdmin: true });
    const two = await makeAccountWithPassword(db, { isAdmin: true });

    const results = await Promise.allSettled([
      setAdmin(asViewer(db, one), { accountId: two.id, admin: false }),
      setDisabled(asViewer(db, two), { accountId: one.id, disabled: true }),
    ]);

    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  }
});

test("nobody disables themselves, and the last admin stays one", async () => {
  await db.update(accounts).set({ isAdmin: false });
  const admin = asViewer(db, await makeAccountWithPassword(db, { isAdmin: true }));
  const { accountId } = admin.viewer;

  await expect(setDisabled(admin, { accountId, disabled: true })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(setAdmin(admin, { accountId, admin: false })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

async function resetLinkOf(account: Account): Promise<string> {
  const { url } = await makeResetLink({ db, actorId: null }, { accountId: account.id });
  return url.split("/").at(-1)!;
}

test("a reset link sets a new password once", async () => {
  const account = await makeAccountWithPassword(db);
  const token = await resetLinkOf(account);
  const set = () => setPasswordByLink({ db }, { token, password: NEW_PASSWORD });

  expect(await set()).toEqual({ mail: account.mail });

  expect(await lives(account)).toBe(false);
  const guess = { mail: account.mail, password: NEW_PASSWORD, address: null };
  expect(await verifySignIn(db, guess)).not.toBeNull();
  await expect(set()).rejects.toMatchObject({ code: "EXPIRED" });
});

test("a reset link that is used twice at the same moment works once (20 rounds)", async () => {
  for (let round = 0; round < 20; round++) {
    const token = await resetLinkOf(await makeAccountWithPassword(db));
    const spend = () => spendResetLink({ db }, { token, passwordHash: "-" });

    const results = await Promise.allSettled([spend(), spend(), spend()]);

    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  }
});

test("a reset link dies after its day, when a newer one is made, and with a disabled account", async () => {
  const admin = await makeAccountWithPassword(db, { isAdmin: true });
  const account = await makeAccountWithPassword(db);
  const first = await resetLinkOf(account);
  const second = await resetLinkOf(account);
  expect(await showResetLink({ db }, { token: first })).toBeNull();
  expect(await showResetLink({ db }, { token: second })).toMatchObject({ mail: account.mail });

  await db
    .update(passwordResets)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(passwordResets.accountId, account.id));
  expect(await showResetLink({ db }, { token: second })).toBeNull();
  await expect(
    setPasswordByLink({ db }, { token: second, password: NEW_PASSWORD }),
  ).rejects.toMatchObject({ code: "EXPIRED" });

  const third = await resetLinkOf(account);
  await setDisabled(asViewer(db, admin), { accountId: account.id, disabled: true });
  expect(await showResetLink({ db }, { token: third })).toBeNull();
  await expect(resetLinkOf(account)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("no password, hash or token is ever written to the audit log", async () => {
  const events = JSON.stringify(await db.select().from(auditEvents));

  expect(events).toContain("account.set-password-by-link");
  expect(events).not.toContain(PASSWORD);
  expect(events).not.toContain("scrypt");
});
