import { areaUnder } from "./discovery";
import type { Ratio } from "./ratio";
import { mean, type Summary } from "./summary";
import { STRATEGIES, type Strategy, type Trials } from "./trials";

const COLUMNS = 61;
const ROWS = 14;
const MARKS: Record<Strategy, string> = {
  loop: "L",
  roundRobin: "=",
  noFeedback: "-",
  random: ".",
};
const NAMES: Record<Strategy, string> = {
  loop: "the loop",
  roundRobin: "patterns in turn",
  noFeedback: "no feedback to the LLM",
  random: "random A x B",
};

/** The discovery curves on a terminal: share of all true Level 5 pairs found against rated pairs. */
export function plotCurves({ trials, budget, oracle }: Trials): string {
  const at = (column: number) => Math.round((column / (COLUMNS - 1)) * (budget - 1));
  const meanAt = (strategy: Strategy, column: number) =>
    mean(trials.map(({ runs }) => runs[strategy].curve[at(column)] ?? 0));
  const cells = Array.from({ length: ROWS + 1 }, () => Array<string>(COLUMNS).fill(" "));
  const put = (column: number, share: number, mark: string) => {
    const row = cells[ROWS - Math.round(share * ROWS)];
    if (row) row[column] = mark;
  };
  for (let column = 0; column < COLUMNS; column += 1) {
    put(column, oracle[at(column)] ?? 1, "o");
    for (const strategy of STRATEGIES.toReversed())
      put(column, meanAt(strategy, column), MARKS[strategy]);
  }
  const label = (row: number) => `${Math.round((1 - row / ROWS) * 100)} %`.padStart(6);
  const lines = cells.map(
    (row, at) => `${at % 2 === 0 ? label(at) : " ".repeat(6)} │${row.join("")}`,
  );
  const axis = `${" ".repeat(7)}└${"─".repeat(COLUMNS)}`;
  const scale = `${" ".repeat(8)}1${String(budget).padStart(COLUMNS - 1)}  rated pairs`;
  const legend = [
    ...STRATEGIES.map((strategy) => `${MARKS[strategy]} ${NAMES[strategy]}`),
    "o who knows them all",
  ];
  return [...lines, axis, scale, `${" ".repeat(8)}${legend.join("   ")}`].join("\n");
}

/** What the loop yielded by phase, the areas under the curves and what the loop is worth against each control. */
export function tableOf(trials: Trials, summary: Summary): string {
  const phases = Object.entries(summary.phases).map(
    ([phase, { rated, level5, share }]) =>
      `  phase ${phase}  ${number(rated)} rated  ${number(level5)} at Level 5  ${percent(share)}`,
  );
  const areas = STRATEGIES.map(
    (strategy) => `  ${NAMES[strategy].padEnd(24)} ${summary.auc[strategy].toFixed(3)}`,
  );
  const ceiling = areaUnder(trials.oracle);
  return [
    "The loop by phase (means over the seeds):",
    ...phases,
    "",
    "Area under the discovery curve (1: everything found at once):",
    ...areas,
    `  ${"who knows them all".padEnd(24)} ${ceiling.toFixed(3)}`,
    "",
    "The loop against each control (ratio of areas, 95 % over the seeds):",
    `  ${NAMES.random.padEnd(24)} ${ratio(summary.aucRatioToRandom)}`,
    `  ${NAMES.roundRobin.padEnd(24)} ${ratio(summary.aucRatioToRoundRobin)}`,
    `  ${NAMES.noFeedback.padEnd(24)} ${ratio(summary.aucRatioToNoFeedback)}`,
  ].join("\n");
}

const number = (value: number) => value.toFixed(1).padStart(6);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(7);
const ratio = ({ estimate, low, high }: Ratio) =>
  `${estimate.toFixed(2)}  (${low.toFixed(2)} to ${high.toFixed(2)})`;
