import { expect, test, vi } from "vitest";
import { keepRunning } from "@/scripts/lib/keep-running.mjs";
import { processesOf } from "@/scripts/lib/processes.mjs";

// A process is started, beside whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 });
const SOON = { timeout: 20_000 };
const NO_RECORD = { addChild: () => {}, removeChild: () => {} };

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A process of the product that says `lines`, and one more when it is asked to end. */
function keep(lines: string[], omit?: RegExp) {
  const said: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  const program = `
    process.on("SIGTERM", () => { console.error("connect ECONNREFUSED"); process.exit(); });
    setInterval(() => {}, 1000);
    for (const line of ${JSON.stringify(lines)}) console.log(line);`;
  const child = keepRunning(
    { name: "web", args: ["-e", program], env: process.env, omit },
    NO_RECORD,
  );
  return { child, said, restore: () => spy.mockRestore() };
}

test("what a process says until the product is stopped is told with its name, and nothing that it says then", async () => {
  const { child, said, restore } = keep(["one", "two"]);
  await expect.poll(() => said, SOON).toEqual(["[web] one\n", "[web] two\n"]);

  child.hush();
  await child.drain();
  // What it said last lies in the pipe when it has gone.
  await turn();
  await turn();
  restore();

  expect(child.isGone()).toBe(true);
  expect(said).toEqual(["[web] one\n", "[web] two\n"]);
});

test("of what Next says only its banner is left out", async () => {
  const [web] = processesOf({ env: {}, port: 3000, host: "127.0.0.1", mode: "start" } as never);
  const banner = [
    "\u001b[1m\u001b[38;2;173;127;168m▲ Next.js 16.4.6\u001b[39m\u001b[22m",
    "- Local:         http://127.0.0.1:3000",
    "- Network:       http://127.0.0.1:3000",
    "✓ Starting...",
    " \u001b[32m✓\u001b[39m Ready in 412ms",
    "✓ Running next.config.mjs took 116ms",
  ];
  const errors = ["⨯ Error: no disk", "Error: Next.js lost it", "    at Ready in (file.js)"];
  const { child, said, restore } = keep([...banner, ...errors], web?.omit);
  await expect.poll(() => said.length, SOON).toBeGreaterThanOrEqual(3);
  await child.drain();
  restore();

  expect(said.slice(0, 3)).toEqual(errors.map((line) => `[web] ${line}\n`));
});
