// @vitest-environment jsdom
import { expect, test } from "vitest";
import { PairChoice } from "@/app/(lab)/p/[project]/compare/new/_new/pair-choice";
import { useLeftOut } from "@/app/(lab)/p/[project]/compare/new/_new/use-left-out";
import type { Choices } from "@/server/comparison/repair-choices";
import { press, renderPart } from "@/tests/support/render";

const pairOf = (a: string, b: string, unknown: readonly string[] = []) =>
  ({
    pairId: `${a} ${b}`,
    conceptA: a,
    conceptB: b,
    pattern: "Vessels",
    isTrivial: false,
    isSimulated: false,
    unknown,
  }) as Partial<Choices["pairs"][number]> as Choices["pairs"][number];
const PAIRS = [pairOf("iced coke", "tea cup"), pairOf("samovar", "opal", ["samovar", "opal"])];

function Choice({ onlyPairId }: { onlyPairId?: string }) {
  const { leftOut, leaveOut } = useLeftOut({ baselineId: "tiny", pairs: PAIRS }, onlyPairId);
  return <PairChoice pairs={PAIRS} baseline="Tiny World" leftOut={leftOut} onLeaveOut={leaveOut} />;
}

const boxes = (place: HTMLElement) => [...place.querySelectorAll<HTMLInputElement>("input")];
const ticks = (place: HTMLElement) => boxes(place).map(({ checked }) => checked);

test("a pair with a concept that the baseline does not know says so, and is drawn only if a person ticks it", async () => {
  const place = await renderPart(<Choice />);

  expect(ticks(place)).toEqual([true, false]);
  expect(place.textContent).toContain("1 of 2 pairs");
  const [known, strange] = [...place.querySelectorAll("label")].map((label) => label.textContent);
  expect(known).toBe("iced coke × tea cup");
  expect(strange).toBe("samovar × opalsamovar, opal unknown to Tiny World");

  await press(boxes(place)[1]!);
  expect(ticks(place)).toEqual([true, true]);
  expect(place.textContent).toContain("2 of 2 pairs");
});

test("who comes from a pair finds that one alone ticked, known or not; one that is not offered changes nothing", async () => {
  expect(ticks(await renderPart(<Choice onlyPairId="samovar opal" />))).toEqual([false, true]);
  expect(ticks(await renderPart(<Choice onlyPairId="iced coke tea cup" />))).toEqual([true, false]);
  expect(ticks(await renderPart(<Choice onlyPairId="milk jug" />))).toEqual([true, false]);
});
