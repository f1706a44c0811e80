import { setTimeout as wait } from "node:timers/promises";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;
const GIVE_UP_AFTER_MS = 180_000;
const SQL_AWAY = /^(08|57P0[1-4]|53300|40001|40P01)/;
const LINK_AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|CONNECTION_|CONNECT_TIMEOUT)/;

/** The database comes back after a restart: only an outage that lasts minutes ends the demo. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MS)) {
    try {
      return await act();
    } catch (error) {
      if (!isOutage(error) || Date.now() > giveUpAt) throw error;
      await wait(pause);
    }
  }
}

/** Whether this or what caused it says that the database is away. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true;
  const code = "code" in error ? String(error.code) : "";
  return SQL_AWAY.test(code) || LINK_AWAY.test(code) || isOutage(error.cause);
}
