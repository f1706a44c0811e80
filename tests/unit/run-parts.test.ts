import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { heldOutput } from "@/scripts/lib/part-output.mjs";
import { runParts } from "@/scripts/lib/run-parts.mjs";

const folder = mkdtempSync(join(tmpdir(), "teacup-parts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Result = { passed: number; failures: string[] };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Parts that run until they are told to end. */
async function openParts(names: string[], how: { atOnce: number; alone?: string[] }) {
  const running: string[] = [];
  const beside: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<Result>>();
  const act = (name: string, isBeside: boolean) => {
    running.push(name);
    if (isBeside) beside.push(name);
    const end = Promise.withResolvers<Result>();
    ends.set(name, end);
    return end.promise;
  };
  const results = runParts(names, { alone: [], ...how, act, say: () => {} });
  const leave = async (name: string, how: (end: PromiseWithResolvers<Result>) => void) => {
    running.splice(running.indexOf(name), 1);
    how(ends.get(name)!);
    await turn();
  };
  await turn();
  return {
    running,
    beside,
    results: results as Promise<Result[]>,
    end: (name: string, failures: string[] = []) =>
      leave(name, (end) => end.resolve({ passed: 1, failures })),
    throw: (name: string) => leave(name, (end) => end.reject(new Error("no disk"))),
  };
}

test("parts run side by side, as many as may, and the next begins when one has ended", async () => {
  const parts = await openParts(["a", "b", "c"], { atOnce: 2 });
  expect(parts.running).toEqual(["a", "b"]);

  await parts.end("b");
  expect(parts.running).toEqual(["a", "c"]);
});

test("a part that runs alone waits for all before it, and those after it wait for it", async () => {
  const parts = await openParts(["a", "b", "alone", "c"], { atOnce: 2, alone: ["alone"] });
  await parts.end("a");
  expect(parts.running).toEqual(["b"]);

  await parts.end("b");
  expect(parts.running).toEqual(["alone"]);
  await parts.end("alone");
  expect(parts.running).toEqual(["c"]);
  expect(parts.beside).not.toContain("alone");
});

test("one at a time they run in their order, and none is beside another", async () => {
  const parts = await openParts(["a", "b"], { atOnce: 1 });
  expect(parts.running).toEqual(["a"]);

  await parts.end("a");
  expect(parts.running).toEqual(["b"]);
  expect(parts.beside).toEqual([]);
});

test("a part that fails, or that throws, keeps no other from its end, and results stand in the order of the parts", async () => {
  const parts = await openParts(["a", "b", "c", "d"], { atOnce: 2 });
  await parts.end("b", ["b > it holds"]);
  await parts.throw("c");
  await parts.end("d");
  await parts.end("a");

  expect(await parts.results).toEqual([
    { passed: 1, failures: [] },
    { passed: 1, failures: ["b > it holds"] },
    { passed: 0, failures: [expect.stringMatching(/^c: Error: no disk/)] },
    { passed: 1, failures: [] },
  ]);
});

test("what a part and its programs say beside another is printed whole, in its order, at its end", () => {
  const printed: string[] = [];
  const output = heldOutput(join(folder, "unit.log"), (text) => printed.push(text));
  const stdio = output.stdio as ["ignore", number, number];
  output.say("== unit");
  spawnSync(process.execPath, ["-e", "console.log('one'); console.error('two')"], { stdio });
  output.say("== unit: 1 passed");
  expect(printed).toEqual([]);

  output.end();
  expect(printed).toEqual(["== unit\none\ntwo\n== unit: 1 passed"]);
});
