import { explain } from "./say.mjs";

const STILL_RUNNING_MS = 30_000;

/**
 * Runs parts in their order, `atOnce` side by side, and answers their results in it. A part of `alone` waits for all before it,
 * and those after wait for it. None keeps another from its end: one that throws has failed.
 * @param {string[]} names
 * @param {{ atOnce: number, alone: string[], act: (name: string, isBeside: boolean) => Promise<any>,
 *   say: (text: string) => void }} how
 */
export async function runParts(names, { atOnce, alone, act, say }) {
  const running = new Map();
  const untilAtMost = async (count) => {
    while (running.size > count) await Promise.race(running.values());
  };
  const still = setInterval(() => {
    // A part that has the terminal to itself speaks for itself.
    if (running.size > 1) say(`Still running: ${[...running.keys()].join(" and ")}`);
  }, STILL_RUNNING_MS);
  const results = [];
  for (const name of names) {
    const isAlone = alone.includes(name);
    await untilAtMost(isAlone ? 0 : atOnce - 1);
    const isBeside = !isAlone && atOnce > 1 && names.length > 1;
    const part = act(name, isBeside)
      .catch((error) => ({ passed: 0, failures: [`${name}: ${explain(error)}`] }))
      .finally(() => running.delete(name));
    running.set(name, part);
    results.push(part);
    if (isAlone) await part;
  }
  await untilAtMost(0);
  clearInterval(still);
  return Promise.all(results);
}
