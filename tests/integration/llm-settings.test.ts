import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { accounts, auditEvents, settings } from "@/db/schema";
import { seal } from "@/server/llm/seal";
import { createCaller } from "@/server/trpc/router";
import { type FakeLlm, say, startFakeLlm } from "../support/fake-llm";
import { makeMember } from "../support/make/member";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];
let llm: FakeLlm;
let admin: ReturnType<typeof createCaller>;

beforeAll(async () => {
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough for all";
  process.env.APP_URL ??= "http://localhost:3000";
  ({ db } = await testDatabase());
  llm = await startFakeLlm();
  const { viewer } = await makeMember(db);
  await db.update(accounts).set({ isAdmin: true }).where(eq(accounts.id, viewer.accountId));
  const asAdmin = { ...viewer, isAdmin: true };
  admin = createCaller({ db, viewer: asAdmin, bearerToken: null, address: null });
});
afterAll(() => llm.close());

const KEY = "sk-very-secret-key";
const stored = async () => JSON.stringify(await db.select().from(settings));

test("nothing set up means the offline proposer, and the test says that it needs nothing", async () => {
  expect(await admin.mining.showLlm()).toEqual({ source: "offline" });
  expect(await admin.mining.testLlm()).toMatchObject({ ok: true });
});

test("the key goes in sealed, is used, and comes out nowhere", async () => {
  await admin.mining.setLlm({ baseUrl: llm.baseUrl, model: "scripted", apiKey: KEY });
  const shown = await admin.mining.showLlm();

  expect(shown).toMatchObject({ source: "settings", model: "scripted", hasKey: true });
  expect(JSON.stringify(shown)).not.toContain(KEY);
  expect(await stored()).not.toContain(KEY);
  const [logged] = await db.select().from(auditEvents).orderBy(desc(auditEvents.number)).limit(1);
  expect(logged?.action).toBe("llm.set");
  expect(JSON.stringify(logged)).not.toContain(KEY);

  llm.script(() => ({ text: "ready" }));
  expect(await admin.mining.testLlm()).toMatchObject({
    ok: true,
    message: "scripted answered: ready",
  });
  expect(llm.asked[0]!.authorization).toBe(`Bearer ${KEY}`);
});

test("a key left out stays, but does not follow to another address", async () => {
  const change = { baseUrl: llm.baseUrl, model: "another", apiKey: undefined };
  await admin.mining.setLlm(change);
  expect(await admin.mining.showLlm()).toMatchObject({ model: "another", hasKey: true });

  await admin.mining.setLlm({ ...change, baseUrl: "http://elsewhere.test/v1" });
  expect(await admin.mining.showLlm()).toMatchObject({ hasKey: false });
});

test("a failing test says what is wrong instead of throwing", async () => {
  await admin.mining.setLlm({ baseUrl: llm.baseUrl, model: "scripted", apiKey: "wrong" });
  llm.script({ status: 401 });

  const { ok, message } = await admin.mining.testLlm();
  expect(ok).toBe(false);
  expect(message).toContain("refused the key (401)");
  expect(message).not.toContain("wrong");
});

test("an answer behind a redirect is not fetched, so that the key stays where it was sent", async () => {
  llm.script({ status: 307, headers: { location: `${llm.baseUrl}/elsewhere` } }, say.good);

  expect(await admin.mining.testLlm()).toMatchObject({ ok: false });
  expect(llm.asked).toHaveLength(1);
});

test("a key sealed with another secret is as good as none, and nothing else breaks", async () => {
  const sealedKey = seal(KEY, "another secret, from before somebody changed it");
  const value = { baseUrl: llm.baseUrl, model: "scripted", sealedKey, deadlineSeconds: 30 };
  await db.update(settings).set({ value });

  expect(await admin.mining.showLlm()).toMatchObject({ source: "settings", hasKey: false });
  expect(await admin.system.state()).toMatchObject({ llm: true });
});

test("removing the settings brings the offline proposer back", async () => {
  await admin.mining.clearLlm();

  expect(await admin.mining.showLlm()).toEqual({ source: "offline" });
  expect(await db.select().from(settings)).toEqual([]);
});
