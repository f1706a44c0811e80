import { readSettings } from "./settings";
import { startBridge } from "./start-bridge";

const DRAIN_MS = 4_500;

const settings = settingsOrExit();
const bridge = startBridge(settings);
console.log(`Fetching work from ${settings.platformUrl}`);
for (const { name, url } of settings.endpoints) console.log(`Endpoint ${name} at ${url}`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    // A product that is gone too cannot take anything back; its leases run out by themselves.
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    await bridge.stop();
    process.exit(0);
  });
}

function settingsOrExit() {
  try {
    return readSettings(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
