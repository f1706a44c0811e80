import "@/tests/support/web-environment";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { happenings, liveThrough } from "@/tests/support/loop-model";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

// Few in every run of the tests; CONTRIBUTING.md says how to live through thousands.
const LIVES = Number(process.env.LOOP_LIVES ?? 25);

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});

test(
  "whatever happens in whatever order: no pair twice, no phase by itself, no drift, no budget passed, an identical replay",
  async () => {
    const property = fc.asyncProperty(happenings(40), (happened) =>
      liveThrough(db, driver, happened),
    );

    await fc.assert(property, { numRuns: LIVES, endOnFailure: true });
    expect(LIVES).toBeGreaterThan(0);
  },
  120_000 + LIVES * 6_000,
);
