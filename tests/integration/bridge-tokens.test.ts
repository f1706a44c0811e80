import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents, bridges } from "@/db/schema";
import { findBridge } from "@/server/auth/find-bridge";
import { ensureEmbeddedBridge } from "@/server/generation/ensure-embedded-bridge";
import { makeBridge } from "@/server/generation/make-bridge";
import { revokeBridge } from "@/server/generation/revoke-bridge";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const admin = await makeMember(db);

test("a bridge's token is stored as its hash alone and works until it is revoked", async () => {
  const { id, token } = await makeBridge(admin, { name: "gpu-box" });
  expect(JSON.stringify(await db.select().from(bridges))).not.toContain(token);
  expect(await findBridge(db, token)).toEqual({ id, name: "gpu-box" });

  await revokeBridge(admin, { bridgeId: id });

  expect(await findBridge(db, token)).toBeNull();
  await expect(revokeBridge(admin, { bridgeId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("who made and who revoked a bridge stands in the audit log, without the token", async () => {
  const { id, token } = await makeBridge(admin, { name: "another-box" });
  await revokeBridge(admin, { bridgeId: id });

  const events = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subject, id))
    .orderBy(desc(auditEvents.number));
  expect(events.map(({ action, actorId }) => [action, actorId])).toEqual([
    ["bridge.revoke", admin.viewer.accountId],
    ["bridge.create", admin.viewer.accountId],
  ]);
  expect(JSON.stringify(events)).not.toContain(token);
});

test("two bridges of one name cannot be, and the embedded one cannot be revoked by hand", async () => {
  await expect(makeBridge(admin, { name: "gpu-box" })).rejects.toMatchObject({ code: "CONFLICT" });
  await ensureEmbeddedBridge(db, "a token that the supervisor made");
  const embedded = await findBridge(db, "a token that the supervisor made");

  await expect(revokeBridge(admin, { bridgeId: embedded!.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
