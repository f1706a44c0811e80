const BAR_CELLS = 28;

export type Report = (done: number, total: number) => void;
export type Terminal = { write: (text: string) => unknown; isTTY?: boolean };

/** One phase on a terminal: a bar that moves in place, or, in a log, a line at every quarter. */
export function startPhase(
  name: string,
  terminal: Terminal,
): { report: Report; end: (says: string) => number } {
  const startedAt = Date.now();
  const seconds = () => (Date.now() - startedAt) / 1000;
  let quarter = -1;
  const report: Report = (done, total) => {
    if (total === 0) return;
    const share = done / total;
    if (terminal.isTTY) {
      const filled = Math.round(share * BAR_CELLS);
      const bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
      terminal.write(`\r\u001b[K${name.padEnd(10)} ${bar} ${done} of ${total}`);
      return;
    }
    if (Math.floor(share * 4) === quarter) return;
    quarter = Math.floor(share * 4);
    terminal.write(`${name}: ${done} of ${total}\n`);
  };
  const end = (says: string) => {
    const took = Number(seconds().toFixed(1));
    terminal.write(`${terminal.isTTY ? "\r\u001b[K" : ""}${name.padEnd(10)} ${says} (${took} s)\n`);
    return took;
  };
  return { report, end };
}
