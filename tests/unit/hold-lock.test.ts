import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { alone, takeLock } from "@/scripts/lib/hold-lock.mjs";
import { self } from "@/scripts/lib/identity.mjs";

const folder = mkdtempSync(join(tmpdir(), "teacup-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the second one learns who holds it", () => {
  const path = join(folder, "held");
  const first = takeLock(path, { port: 3000 });

  expect(takeLock(path)).toMatchObject({ holder: { pid: process.pid, port: 3000 } });
  first.release?.();
  expect(takeLock(path).holder).toBeUndefined();
});

test("a lock of a process that is gone is taken over, with what it had recorded", () => {
  const path = join(folder, "stale");
  const gone = { ...self(), identity: "another boot:1", children: [{ pid: 1 }] };
  writeFileSync(path, JSON.stringify(gone));

  expect(takeLock(path).previous).toEqual(gone);
  expect(takeLock(path)).toMatchObject({ holder: self() });
});

test("a lock cut off in the middle of being written holds nobody up", () => {
  const path = join(folder, "torn");
  writeFileSync(path, '{"pid": 12');

  expect(takeLock(path).holder).toBeUndefined();
});

test("two at once do their work one after the other", async () => {
  const path = join(folder, "alone");
  const steps: string[] = [];
  const work = (name: string) =>
    alone(
      path,
      () => steps.push(`${name} waits`),
      async () => {
        steps.push(`${name} begins`);
        await new Promise(setImmediate);
        steps.push(`${name} ends`);
      },
    );
  await Promise.all([work("first"), work("second")]);

  expect(steps).toEqual([
    "first begins",
    "second waits",
    "first ends",
    "second begins",
    "second ends",
  ]);
  expect(existsSync(path)).toBe(false);
});
