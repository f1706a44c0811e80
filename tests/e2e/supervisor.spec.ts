import { once } from "node:events";
import { connect } from "node:net";
import { identityOf } from "@/scripts/lib/identity.mjs";
import { readInstance } from "@/scripts/lib/instance.mjs";
import { expect, test } from "@/tests/support/e2e";
import {
  type Instance,
  makeHome,
  removeHome,
  spawnSupervisor,
  startInstance,
} from "@/tests/support/start-instance";

const PROCESSES = ["web", "worker", "engine", "bridge"];

// A zombie that nobody collected yet has left all the same.
const isAlive = (pid: number | undefined) => pid !== undefined && identityOf(pid) !== null;

const statusOf = async (url: string) => {
  try {
    return (await fetch(`${url}/api/health`)).status;
  } catch (error) {
    return String(error);
  }
};

async function refusal(home: string, port: number, env: Record<string, string> = {}) {
  const { supervisor, output } = spawnSupervisor(home, port, env);
  const [code] = await once(supervisor, "close");
  return { code, text: output() };
}

test("a second start on the same home says who holds it and leaves", async ({ instance }) => {
  const { code, text } = await refusal(instance.home, 3000);

  expect(code).toBe(1);
  expect(text).toContain(`Teacup already runs on this home (${instance.home})`);
  expect(text).toContain(`port ${new URL(instance.url).port}`);
  expect(text).toContain(`Stop it with \`kill ${readInstance(instance.home)?.pid}\``);
});

test("a wrong variable is named in one sentence before anything starts", async () => {
  const home = makeHome();
  const wrong = await refusal(home, 3000, { DATABASE_URL: "mysql://localhost/x" });
  const secret = await refusal(home, 3000, {
    DATABASE_URL: "postgres://127.0.0.1:1/x",
    AUTH_SECRET: "short",
  });
  const away = await refusal(home, 3000, { DATABASE_URL: "postgres://127.0.0.1:1/x" });
  removeHome(home);

  expect(wrong).toEqual({
    code: 1,
    text: "DATABASE_URL is wrong: must start with postgres:// or postgresql://.\n",
  });
  expect(secret.text).toMatch(/\nAUTH_SECRET is wrong: must have at least 32 characters\.\n$/);
  expect(away.text).toMatch(
    /\nThe database that DATABASE_URL names cannot be used: .*ECONNREFUSED.*\n$/,
  );
});

test("a killed supervisor takes its children along, also one that serves an endless answer", async () => {
  const orphaned = await startInstance();
  try {
    const before = PROCESSES.map((name) => orphaned.pidOf(name));
    // A request whose body never ends holds its connection, as the live stream of an open page does.
    const { hostname, port } = new URL(orphaned.url);
    const held = connect(Number(port), hostname).on("error", () => {});
    await once(held, "connect");
    held.write("POST /api/trpc/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");

    orphaned.supervisor.kill("SIGKILL");

    await expect.poll(() => before.filter(isAlive), { timeout: 8_000 }).toEqual([]);
    held.destroy();
  } finally {
    await orphaned.stop();
    removeHome(orphaned.home);
  }
});

test("whatever is killed comes back, and a killed supervisor leaves nothing in the way", async ({
  instance: neighbour,
}) => {
  test.setTimeout(180_000);
  const taken = Number(new URL(neighbour.url).port);
  const first = await startInstance({ port: taken });
  let second: Instance | undefined;
  try {
    // Side by side with the instance of the other tests, whose port it was asked to take.
    expect(first.output()).toContain(`Port ${taken} is taken, so Teacup uses`);
    expect(first.output()).not.toMatch(/Next\.js|Local:|✓/);
    const before = PROCESSES.map((name) => first.pidOf(name));

    first.supervisor.kill("SIGKILL");
    second = await startInstance({ home: first.home, port: Number(new URL(first.url).port) });

    expect(second.output()).toContain("The database was still running; it is used\n");
    expect(second.url).toBe(first.url);
    expect(second.setupToken).toBe(first.setupToken);
    expect(before.filter(isAlive)).toEqual([]);
    await eachComesBack(second);

    const running = PROCESSES.map((name) => second?.pidOf(name));
    const database = second.pidOf("database");
    await second.stop();

    expect(second.supervisor.exitCode).toBe(0);
    await expect.poll(second.output).toMatch(/\nStopping \.\.\.\nStopped\n$/);
    expect([...running, database].filter(isAlive)).toEqual([]);
    expect(await statusOf(second.url)).toContain("fetch failed");
    expect(await statusOf(neighbour.url)).toBe(200);
  } finally {
    await second?.stop();
    await first.stop();
    removeHome(first.home);
  }
});

async function eachComesBack(instance: Instance) {
  for (const name of [...PROCESSES, "database"]) {
    const pid = instance.pidOf(name);
    expect(pid, name).toBeGreaterThan(0);
    process.kill(pid ?? 0, "SIGKILL");
    await expect
      .poll(() => ![undefined, pid].includes(instance.pidOf(name)), {
        message: name,
        timeout: 20_000,
      })
      .toBe(true);
  }
  await expect.poll(() => statusOf(instance.url), { timeout: 20_000 }).toBe(200);
}
