import { expect, test } from "vitest";
import { startPhase } from "@/server/demo/progress";

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test("a log gets a line at every quarter, not at every step", () => {
  const log = terminal(false);
  const { report, end } = startPhase("render", log);

  for (let done = 0; done <= 100; done += 1) report(done, 100);
  end("400 images");

  const lines = ["0", "25", "50", "75", "100"].map((done) => `render: ${done} of 100\n`);
  expect(log.written.slice(0, -1)).toEqual(lines);
  expect(log.written.at(-1)).toMatch(/^render +400 images \(\d+(\.\d)? s\)\n$/);
});

test("a terminal gets one bar that moves in place", () => {
  const screen = terminal(true);
  const { report } = startPhase("rate", screen);

  report(5, 20);

  expect(screen.written).toHaveLength(1);
  expect(screen.written[0]).toMatch(/^\r.*rate +█{7}░{21} 5 of 20$/);
  expect(screen.written[0]).not.toContain("\n");
});

test("nothing is shown before it is known how much there is to do", () => {
  const log = terminal(false);

  startPhase("export", log).report(0, 0);

  expect(log.written).toEqual([]);
});
