import { expect, test } from "vitest";
import { auditEvents } from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

test("an audit event cannot be changed afterwards", async () => {
  await db.insert(auditEvents).values({
    action: "account.created",
    subject: "someone",
    prevHash: sha256("start"),
    hash: sha256("next"),
  });

  await expect(db.update(auditEvents).set({ subject: "someone else" })).rejects.toMatchObject({
    cause: { message: "audit_event is append only" },
  });
});
