import { join } from "node:path";

/** The running product that the tests of one worker go through. */
export type E2eInstance = { url: string; home: string; databaseUrl: string };

/** One for each worker, told by the setup to the workers, which it starts later. */
export function tellInstances(instances: readonly E2eInstance[]): void {
  process.env.E2E_INSTANCES = JSON.stringify(instances);
}

/** Null in the process that runs no test. */
export function instanceOfWorker(): E2eInstance | null {
  const told = process.env.E2E_INSTANCES;
  if (!told || !process.env.TEST_PARALLEL_INDEX) return null;
  return JSON.parse(told)[worker()];
}

const worker = () => Number(process.env.TEST_PARALLEL_INDEX ?? 0);

// Beside the traces: Playwright empties the folder itself, git ignores it.
export const stateFile = (index = worker()) =>
  join(import.meta.dirname, `../../test-results/admin-${index}.json`);

export const ADMIN = {
  name: "Ada Admin",
  mail: "ada@example.org",
  password: "correct horse battery staple",
};
