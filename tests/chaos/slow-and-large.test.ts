import { eq } from "drizzle-orm";
import { afterAll, expect, test, vi } from "vitest";
import { connect } from "@/db/client";
import { renders } from "@/db/schema";
import { closeQueue } from "@/server/jobs/queue";
import { spawnBridge } from "@/tests/support/bridge-process";
import { countLostImages } from "@/tests/support/count-lost-images";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { startFakeEndpoint } from "@/tests/support/fake-endpoint";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { removeHome, startInstance } from "@/tests/support/start-instance";

const instance = await startInstance();
process.env.DATABASE_URL = instance.databaseUrl;
const { db, sql, close } = connect(instance.databaseUrl, { max: 2 });
const endpoint = await startFakeEndpoint();
const row = await makeBridgeRow(db);
const project = await makeDrawingProject(db, { renders: 1 });
const bridge = spawnBridge({
  TEACUP_URL: instance.url,
  BRIDGE_TOKEN: row.token,
  BRIDGE_ENDPOINTS: `${project.endpoint}=${endpoint.url}`,
});
afterAll(async () => {
  await bridge.kill();
  await endpoint.close();
  await closeQueue();
  await close();
  await instance.stop();
  removeHome(instance.home);
});

const untilDone = ({ render }: DrawingProject, seconds: number) =>
  vi.waitFor(async () => expect((await render()).state).toBe("done"), {
    timeout: seconds * 1000,
    interval: 500,
  });

test("a prediction that takes 400 s completes, in its first attempt", async () => {
  endpoint.script([{ slow: 400_000 }]);
  await untilDone(project, 450);

  expect((await project.attempts()).map(({ outcome }) => outcome)).toEqual(["done"]);
});

test("images of 25 MB arrive whole through the bridge and the web application", async () => {
  const large = await makeDrawingProject(db, { renders: 1 });
  endpoint.script(["big-image"]);
  await sql`update render set input = input || '{"width": 2048, "height": 2048}' where id = ${large.first.id}`;
  await db
    .update(renders)
    .set({ endpointName: project.endpoint })
    .where(eq(renders.id, large.first.id));
  await untilDone(large, 120);

  const sizes = await sql<{ bytes: number }[]>`
    select blob.bytes from blob join image using (sha256) where image.render_id = ${large.first.id}`;
  expect(sizes).toHaveLength(4);
  expect(sizes.every(({ bytes }) => bytes > 25_000_000)).toBe(true);
  expect(await countLostImages(instance.home, instance.databaseUrl)).toMatchObject({ lost: 0 });
});
