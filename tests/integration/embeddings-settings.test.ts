import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { accounts, auditEvents, settings } from "@/db/schema";
import { createCaller } from "@/server/trpc/router";
import { type FakeEmbeddings, startFakeEmbeddings } from "../support/fake-embeddings";
import { makeMember } from "../support/make/member";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];
let endpoint: FakeEmbeddings;
let admin: ReturnType<typeof createCaller>;

beforeAll(async () => {
  ({ db } = await testDatabase());
  endpoint = await startFakeEmbeddings((text) => (text === "polar bear" ? 90 : text.length));
  const { viewer } = await makeMember(db);
  await db.update(accounts).set({ isAdmin: true }).where(eq(accounts.id, viewer.accountId));
  const asAdmin = { ...viewer, isAdmin: true };
  admin = createCaller({ db, viewer: asAdmin, bearerToken: null, address: null });
});
afterAll(() => endpoint.close());

const KEY = "sk-very-secret-key";

test("nothing set up means the built-in embedder, with its calibrated limits", async () => {
  expect(await admin.mining.showEmbedder()).toMatchObject({
    source: "built-in",
    limits: { flag: 0.84, automatic: 0.95 },
  });
  expect(await admin.mining.testEmbedder()).toMatchObject({
    ok: true,
    message: expect.stringContaining("“cola with ice” 1.00"),
  });
});

test("the key goes in sealed, is used, and comes out nowhere", async () => {
  await admin.mining.setEmbeddings({ baseUrl: endpoint.baseUrl, model: "places", apiKey: KEY });
  const shown = await admin.mining.showEmbedder();
  expect(shown).toMatchObject({ source: "settings", hasKey: true, limits: { flag: 0.9 } });
  const [logged] = await db.select().from(auditEvents).orderBy(desc(auditEvents.number)).limit(1);
  expect(logged?.action).toBe("embeddings.set");
  const everything = JSON.stringify([shown, logged, await db.select().from(settings)]);
  expect(everything).not.toContain(KEY);

  expect(await admin.mining.testEmbedder()).toMatchObject({ ok: true });
  expect(endpoint.asked[0]!.authorization).toBe(`Bearer ${KEY}`);
});

test("a key left out stays, but does not follow to another address", async () => {
  const change = { baseUrl: endpoint.baseUrl, model: "places 2" };
  await admin.mining.setEmbeddings(change);
  expect(await admin.mining.showEmbedder()).toMatchObject({ hasKey: true });
  await admin.mining.setEmbeddings({ ...change, baseUrl: "http://elsewhere.test/v1" });
  expect(await admin.mining.showEmbedder()).toMatchObject({ hasKey: false });
});

test("limits belong to one embedder, and the lower one cannot pass the higher", async () => {
  await admin.mining.setMeaningLimits({ flag: 0.8, automatic: 0.9 });
  expect(await admin.mining.showEmbedder()).toMatchObject({ limits: { flag: 0.8 } });
  await expect(admin.mining.setMeaningLimits({ flag: 0.95, automatic: 0.9 })).rejects.toThrow();

  await admin.mining.clearEmbeddings();
  expect(await admin.mining.showEmbedder()).toMatchObject({ limits: { flag: 0.84 } });
});

test("a failing test says what is wrong instead of throwing", async () => {
  await admin.mining.setEmbeddings({ baseUrl: endpoint.baseUrl, model: "places" });
  endpoint.script({ status: 401 });
  const { ok, message } = await admin.mining.testEmbedder();
  expect(ok).toBe(false);
  expect(message).toContain("refused the key (401)");
});
