import "@/tests/support/web-environment";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeLlm, startFakeLlm } from "@/tests/support/fake-llm";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { lives, liveThrough } from "@/tests/support/loop-model";
import { setUpLlm } from "@/tests/support/mining-job";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

// Few in every run of the tests; CONTRIBUTING.md says how to live through thousands.
const LIVES = Number(process.env.LOOP_LIVES ?? 25);

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
let llm: FakeLlm;
beforeAll(async () => {
  driver = await openLoopDriver(db);
  llm = await startFakeLlm();
  await setUpLlm(db, llm.baseUrl);
});
afterAll(() => llm.close());

test(
  "whatever happens in whatever order: no pair twice, no phase by itself, no drift, no budget passed, an identical replay",
  async () => {
    const property = fc.asyncProperty(lives(40), (life) => liveThrough({ db, driver, llm }, life));

    await fc.assert(property, { numRuns: LIVES, endOnFailure: true });
    expect(LIVES).toBeGreaterThan(0);
  },
  120_000 + LIVES * 6_000,
);
