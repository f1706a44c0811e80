import { type AddressInfo, createServer } from "node:net";
import postgres from "postgres";
import { expect, test } from "vitest";
import { AppError } from "@/server/core/errors";
import { isOutage, patiently } from "@/server/demo/patiently";

test("a database that nobody listens for is an outage", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const sql = postgres(`postgres://nobody@127.0.0.1:${port}/none`, { max: 1 });

  const failure = await sql`select 1`.catch((error: unknown) => error);

  await sql.end({ timeout: 0 });
  expect(isOutage(failure)).toBe(true);
});

test("an outage is recognised through the errors that wrap it", () => {
  const shutdown = Object.assign(new Error("terminating connection"), { code: "57P01" });

  expect(isOutage(new Error("Failed query", { cause: shutdown }))).toBe(true);
});

test("what a person has to mend is no outage and ends the wait at once", async () => {
  let tries = 0;
  const act = () => {
    tries += 1;
    return Promise.reject(new AppError("CONFLICT", "Accept the pair first"));
  };

  await expect(patiently(act)).rejects.toThrow("Accept the pair first");
  expect(tries).toBe(1);
});
