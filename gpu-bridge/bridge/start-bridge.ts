import { connectPlatform } from "./platform";
import type { Settings } from "./settings";
import { workEndpoint } from "./work-endpoint";
import { workTasks } from "./work-tasks";

/** Works every endpoint by itself until `stop`, which finishes or gives back what is held. */
export function startBridge(settings: Settings): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const platform = connectPlatform(settings);
  const works = settings.endpoints.flatMap((address) => [
    workEndpoint(platform, address, settings, stopping.signal),
    // What others host draws and does nothing else.
    address.kind === "cog" ? workTasks(platform, address, settings, stopping.signal) : [],
  ]);
  const ended = Promise.all(works).finally(() => platform.close());
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
