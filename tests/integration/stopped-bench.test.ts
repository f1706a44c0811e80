import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { isAnswering } from "@/db/embedded/postmaster.mjs";

/** A bench in the middle of its work. */
const WAITS = `
  import { withTestDatabase } from "./scripts/lib/test-database.mjs";
  await withTestDatabase(async (url) => {
    console.log(new URL(url).port);
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  });`;

function startBench(): ChildProcess {
  const { TEST_DATABASE_URL: _, ...env } = process.env;
  return spawn(process.execPath, ["--input-type=module", "--eval", WAITS], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "a bench that is ended by %s leaves no PostgreSQL behind",
  async (signal) => {
    const bench = startBench();
    const [port] = await once(createInterface(bench.stdout!), "line");
    expect(await isAnswering(Number(port))).toBe(true);

    bench.kill(signal);
    await once(bench, "exit");

    expect(await isAnswering(Number(port))).toBe(false);
  },
);
