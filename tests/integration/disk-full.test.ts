import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import { startFakeEndpoint } from "@/tests/support/fake-endpoint";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const home = storageHome();
const platform = await startPlatformServer();
const endpoint = await startFakeEndpoint();
const disk = await smallDisk();

afterAll(async () => {
  await endpoint.close();
  await platform.close();
  disk.unmount();
});

type Disk = { fill: () => void; free: () => void; unmount: () => void };

/** A real disk of one megabyte where this user may mount one; elsewhere writes answer as a full one does. */
async function smallDisk(): Promise<Disk> {
  const folder = join(home, "blobs");
  mkdirSync(folder, { recursive: true });
  if (process.platform !== "linux" || process.getuid?.() !== 0) return refusingWrites(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]);
  const filler = join(folder, "filler");
  const space = () => statfsSync(folder).bavail * statfsSync(folder).bsize;
  return {
    fill: () => writeFileSync(filler, Buffer.alloc(space())),
    free: () => rmSync(filler),
    unmount: () => execFileSync("umount", ["-l", folder]),
  };
}

async function refusingWrites(folder: string): Promise<Disk> {
  await using file = await open(folder, "r");
  const handles: FileHandle = Object.getPrototypeOf(file);
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  return {
    fill: () => vi.spyOn(handles, "write").mockRejectedValue(full),
    free: () => vi.restoreAllMocks(),
    unmount: () => undefined,
  };
}

test("a full disk fails the render with that reason, and it succeeds once there is space", async () => {
  const project = await makeDrawingProject(db, { renders: 1 });
  const { token } = await makeBridgeRow(db);
  disk.fill();
  const bridge = startBridge({
    platformUrl: platform.url,
    token,
    endpoints: [{ kind: "cog", name: project.endpoint, url: endpoint.url, concurrency: 1 }],
    deadlineMs: 20_000,
  });
  const soon = { timeout: 15_000, interval: 50 };
  await vi.waitFor(
    async () =>
      expect(await project.render()).toMatchObject({
        state: "queued",
        failures: 1,
        reason: "No space left on the server's disk",
      }),
    soon,
  );
  expect(await project.images()).toEqual([]);

  disk.free();
  await project.hurry();
  await vi.waitFor(async () => expect((await project.render()).state).toBe("done"), soon);
  expect(await project.images()).toHaveLength(4);
  await bridge.stop();
});
