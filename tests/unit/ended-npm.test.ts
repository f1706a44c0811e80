import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { scripts } from "@/package.json";
import { identityOf } from "@/scripts/lib/identity.mjs";

// npm is started, beside whatever else the machine does.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "teacup-npm-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPT = `
process.on("SIGTERM", () => { console.log("asked to end"); process.exit(); });
setInterval(() => {}, 1000);
console.log(process.pid);`;

test.each(["start", "dev", "demo", "loop"] as const)(
  "whoever ends the npm of `npm run %s` asks the script to end, and npm waits for it",
  async (name) => {
    mkdirSync(join(folder, "scripts"), { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", scripts }));
    writeFileSync(join(folder, `scripts/${name}.mjs`), SCRIPT);
    const npm = spawn("npm", ["run", "--silent", name], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(npm.stdout);
    const pid = Number((await once(lines, "line"))[0]);
    onTestFinished(() => void (identityOf(pid) && process.kill(pid, "SIGKILL")));

    npm.kill("SIGTERM");
    const [last] = await once(lines, "line");
    await once(npm, "exit");

    expect(last).toBe("asked to end");
    expect(identityOf(pid)).toBeNull();
  },
);
