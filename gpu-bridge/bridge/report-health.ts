import type { Offer } from "@/gpu-bridge/contract/offer";
import type { Endpoint } from "./endpoint";
import { pause } from "./pause";
import type { Platform } from "./platform";
import type { EndpointAddress } from "./settings";

const EVERY_MS = 15_000;
/** One that starts is soon ready, and has not told yet what it offers. */
const SOON_MS = 1_000;
const CONTRACT_VERSION = 1;

/** Tells the product again and again that the bridge lives and how its endpoint does. */
export async function reportHealth(
  platform: Platform,
  { name, concurrency }: EndpointAddress,
  endpoint: Endpoint,
  stopping: AbortSignal,
): Promise<void> {
  let offer: Offer | null = null;
  while (!stopping.aborted) {
    const answer = await endpoint.health();
    // What it offered last stays told while it is away; another file behind it tells anew.
    offer = answer.offer ?? offer;
    const report = {
      name,
      concurrency,
      health: answer.health,
      contractVersion: CONTRACT_VERSION,
      description: { ...Object.fromEntries(Object.entries(answer.said)), ...offer },
    };
    try {
      await platform.api.hello.mutate({ endpoints: [report] });
    } catch (error) {
      console.error("Reporting to the product failed, trying again:", String(error));
    }
    await pause(answer.health === "starting" ? SOON_MS : EVERY_MS, stopping);
  }
}
