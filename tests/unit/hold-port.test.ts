import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "@/db/embedded/free-port.mjs";
import { holdPort } from "@/scripts/lib/ports.mjs";

test("a port that is called while it is held is released all the same", async () => {
  const { port, release } = await holdPort(await freePort(), "127.0.0.1");
  const caller = connect(port, "127.0.0.1");
  await once(caller, "connect");

  await expect(release()).resolves.toBeDefined();
  caller.destroy();
});
