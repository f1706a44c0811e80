import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Account } from "@/db/schema";
import { accounts, auditEvents, passwordResets, signInFailures } from "@/db/schema";
import { changePassword } from "@/server/auth/change-password";
import { createFirstAdmin } from "@/server/auth/create-first-admin";
import { findViewer } from "@/server/auth/find-viewer";
import { makeResetLink } from "@/server/auth/make-reset-link";
import { setAdmin } from "@/server/auth/set-admin";
import { setDisabled } from "@/server/auth/set-disabled";
import { setPasswordByLink } from "@/server/auth/set-password-by-link";
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

test("of ten browsers that open the setup link at once one makes the admin, and then it is spent", async () => {
  const create = (index: number) =>
    createFirstAdmin(
      { db },
      { token: SETUP_TOKEN, name: "Mira", mail: `mira-${index}@example.org`, password: PASSWORD },
    );
  await expect(
    createFirstAdmin(
      { db },
      { token: "not the token", name: "Eve", mail: "eve@example.org", password: PASSWORD },
    ),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await setupState({ db }, "not the token")).toBe("wrong_link");
  expect(await setupState({ db }, SETUP_TOKEN)).toBe("open");

  const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => create(index)));

  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(await db.$count(accounts, eq(accounts.isAdmin, true))).toBe(1);
  expect(await setupState({ db }, SETUP_TOKEN)).toBe("done");
  await expect(create(11)).rejects.toMatchObject({ code: "CONFLICT" });
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

test("a reset link sets a new password once, also when it is used twice at once (20 rounds)", async () => {
  for (let round = 0; round < 20; round++) {
    const account = await makeAccountWithPassword(db);
    const token = await resetLinkOf(account);
    const use = () => setPasswordByLink({ db }, { token, password: NEW_PASSWORD });

    const results = await Promise.allSettled([use(), use()]);

    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await lives(account)).toBe(false);
    await expect(use()).rejects.toMatchObject({ code: "EXPIRED" });
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
