import { setInterval as ticks } from "node:timers/promises";
import { launchPostgres } from "../../db/embedded/launch.mjs";
import { readInstance } from "./instance.mjs";
import { say, step } from "./say.mjs";
import { ensureSecrets } from "./secrets.mjs";
import { readSettings } from "./settings.mjs";

const WATCH_EVERY_MS = 500;

/** The database of this home: the external one if DATABASE_URL names one, else the embedded. */
export async function startDatabase({ home, databaseUrl }, secrets) {
  if (databaseUrl) return { url: databaseUrl, watch: () => {}, stop: () => {} };
  const postgres = await step("Starting the database", () =>
    launchPostgres({ home, password: secrets.databasePassword }),
  );
  if (postgres.wasRunning) say("The database was still running; it is used");
  const watching = new AbortController();
  return {
    url: postgres.url,
    watch: () => watch(postgres, watching.signal),
    stop: () => {
      watching.abort();
      postgres.stop();
    },
  };
}

async function watch(postgres, signal) {
  for await (const _ of ticks(WATCH_EVERY_MS)) {
    if (signal.aborted) return;
    if (postgres.isRunning()) continue;
    say("[database] is gone; starting it again");
    try {
      await postgres.restart();
      say("[database] is back");
    } catch (error) {
      say(`[database] ${error.message}`);
    }
  }
}

/**
 * For a program beside the product: the database of the home, whether or not an instance runs.
 * Close it when done; an embedded one that was started for this call is stopped again.
 */
export async function openDatabase() {
  const settings = readSettings();
  const url = settings.databaseUrl ?? readInstance(settings.home)?.databaseUrl;
  if (url) return { url, close: () => {} };
  const postgres = await launchPostgres({
    home: settings.home,
    password: ensureSecrets(settings.home).databasePassword,
  });
  return { url: postgres.url, close: postgres.stop };
}
