import type { Endpoint } from "./endpoint";
import { pause } from "./pause";
import type { Platform } from "./platform";
import type { EndpointAddress } from "./settings";

const EVERY_MS = 15_000;
const CONTRACT_VERSION = 1;

/** Tells the product again and again that the bridge lives and how its endpoint does. */
export async function reportHealth(
  platform: Platform,
  { name, concurrency }: EndpointAddress,
  endpoint: Endpoint,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    const { health, said } = await endpoint.health();
    const report = { name, concurrency, health, contractVersion: CONTRACT_VERSION };
    try {
      await platform.api.hello.mutate({
        endpoints: [{ ...report, description: Object.fromEntries(Object.entries(said)) }],
      });
    } catch (error) {
      console.error("Reporting to the product failed, trying again:", String(error));
    }
    await pause(EVERY_MS, stopping);
  }
}
