import { connectPlatform } from "./platform";
import type { Settings } from "./settings";
import { workEndpoint } from "./work-endpoint";

/** Works every endpoint by itself until `stop`, which finishes or gives back what is held. */
export function startBridge(settings: Settings): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const platform = connectPlatform(settings);
  const works = settings.endpoints.map((address) =>
    workEndpoint(platform, address, settings, stopping.signal),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(works);
      await platform.close();
    },
  };
}
