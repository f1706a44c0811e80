import { expect, test } from "vitest";
import {
  afterFault,
  afterSuccess,
  backoffMs,
  type Circuit,
  closedCircuit,
  restMs,
} from "@/gpu-bridge/bridge/circuit";

const NOW = 50_000;
const LEAST = 0;
const MOST = 0.999_999;
const after = (faults: number, random: number): Circuit =>
  Array.from({ length: faults }).reduce<Circuit>(
    (circuit) => afterFault(circuit, NOW, random),
    closedCircuit,
  );

test("two faults in a row change nothing; from the third on the rest doubles up to a quarter of a minute", () => {
  const rests = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((faults) => restMs(after(faults, MOST), NOW));

  expect(rests).toEqual([0, 0, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test("chance halves a rest at most, so that several bridges do not come back together", () => {
  expect([0, 1, 2, 9].map((step) => backoffMs(step, LEAST))).toEqual([500, 1000, 2000, 7500]);
  expect(restMs(after(3, 0.5), NOW)).toBe(750);
});

test("a rest ends with its time, and one good answer forgets all faults", () => {
  const resting = after(4, MOST);

  expect(restMs(resting, NOW + 1999)).toBe(1);
  expect(restMs(resting, NOW + 3000)).toBe(0);
  expect(afterSuccess()).toEqual(closedCircuit);
});
