import { expect, vi } from "vitest";
import type { EndpointAddress } from "@/gpu-bridge/bridge/settings";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { type DrawingProject, makeDrawingProject } from "./drawing-project";
import { type FakeEndpoint, startFakeEndpoint } from "./fake-endpoint";
import { makeBridgeRow } from "./make/bridge";
import { startPlatformServer } from "./platform-server";
import { storageHome } from "./storage-home";
import { testDatabase } from "./test-database";

export const SOON = { timeout: 25_000, interval: 50 };

export const addressOf = ({ endpoint: name }: DrawingProject, { url }: { url: string }) => ({
  kind: "cog" as const,
  name,
  url,
  concurrency: 1,
});

type Props = { project: DrawingProject; endpoint: FakeEndpoint };

/** A platform, and for each test a project with one render, an endpoint for it and the bridges that are sent there. */
export async function openBridgeStage() {
  const { db } = await testDatabase();
  storageHome();
  const platform = await startPlatformServer();
  const running: { stop: () => Promise<void> }[] = [];
  let props: Props | undefined;
  const standing = (): Props => {
    if (!props) throw new Error("The stage is not set");
    return props;
  };
  return {
    db,
    set: async (): Promise<Props> => {
      const project = await makeDrawingProject(db, { renders: 1 });
      props = { project, endpoint: await startFakeEndpoint() };
      return props;
    },
    clear: async () => {
      for (const bridge of running.splice(0)) await bridge.stop();
      await standing().endpoint.close();
    },
    close: () => platform.close(),
    /** An endpoint that comes back where the one before it went away. */
    revive: async (port: number): Promise<FakeEndpoint> => {
      const endpoint = await startFakeEndpoint(port);
      props = { ...standing(), endpoint };
      return endpoint;
    },
    bridgeTo: async (endpoints?: EndpointAddress[], deadlineMs = 20_000) => {
      const { token } = await makeBridgeRow(db);
      const { project, endpoint } = standing();
      const bridge = startBridge({
        platformUrl: platform.url,
        token,
        endpoints: endpoints ?? [addressOf(project, endpoint)],
        deadlineMs,
      });
      running.push(bridge);
      return bridge;
    },
    untilDone: (of: DrawingProject = standing().project) =>
      vi.waitFor(async () => expect((await of.render()).state).toBe("done"), SOON),
  };
}
