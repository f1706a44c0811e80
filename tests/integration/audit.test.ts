import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents } from "@/db/schema";
import { listAudit } from "@/server/auth/list-audit";
import { recordAudit } from "@/server/auth/record-audit";
import { verifyAudit } from "@/server/auth/verify-audit";
import { asViewer, makeAccountWithPassword } from "@/tests/support/make/account-with-password";
import { testDatabase } from "@/tests/support/test-database";

const { db, sql } = await testDatabase();
const admin = await makeAccountWithPassword(db, { isAdmin: true });

const record = (subject: string) =>
  db.transaction((tx) =>
    recordAudit(tx, {
      actorId: admin.id,
      action: "thing.change",
      subject,
      before: { zebra: 1, ant: [true, null], empty: undefined },
      after: { text: "ä “quoted” \n" },
    }),
  );

// What somebody with the database's own password could do.
async function tamper(change: () => Promise<unknown>): Promise<void> {
  await sql`alter table audit_event disable trigger audit_event_append_only`;
  await change();
  await sql`alter table audit_event enable trigger audit_event_append_only`;
}

test("events written at the same moment form one chain", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, index) => record(`thing ${index}`)));

  expect(await verifyAudit({ db })).toMatchObject({ isWhole: true, events: 40 });
});

test("an act that fails leaves no event", async () => {
  const act = db.transaction(async (tx) => {
    await recordAudit(tx, { actorId: admin.id, action: "thing.fail", subject: "x" });
    throw new Error("it failed");
  });

  await expect(act).rejects.toThrow("it failed");
  expect(await db.$count(auditEvents, eq(auditEvents.action, "thing.fail"))).toBe(0);
  expect(await verifyAudit({ db })).toMatchObject({ isWhole: true });
});

test("the log is read newest first, page by page, without a gap", async () => {
  for (let index = 0; index < 20; index++) await record(`more ${index}`);
  const first = await listAudit(asViewer(db, admin), {});
  const second = await listAudit(asViewer(db, admin), { before: first.next! });

  const numbers = [...first.events, ...second.events].map((event) => event.number);
  expect(numbers).toHaveLength(60);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
  expect(second.next).toBeNull();
});

test("a changed event and a removed event are found", async () => {
  const [some] = (await listAudit(asViewer(db, admin), {})).events.slice(-1);
  const number = some!.number;

  await tamper(() => sql`update audit_event set subject = subject || '!' where number = ${number}`);
  expect(await verifyAudit({ db })).toEqual({ isWhole: false, brokenAt: number });

  await tamper(
    () => sql`update audit_event set subject = rtrim(subject, '!') where number = ${number}`,
  );
  expect(await verifyAudit({ db })).toMatchObject({ isWhole: true });

  await tamper(() => sql`delete from audit_event where number = ${number}`);
  expect(await verifyAudit({ db })).toMatchObject({ isWhole: false });
});
