import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Statement } from "../traced";

const MISSING =
  "pgbench is not there. It comes with PostgreSQL's server package: `apt-get install postgresql` on Debian and Ubuntu (no server of it needs to run), `brew install postgresql` on macOS.";

export function requirePgbench(): void {
  const found = spawnSync("pgbench", ["--version"]);
  if (found.error || found.status !== 0) throw new Error(MISSING);
}

/** The statement that claimSeats sends, by a fresh rater of this client's own each time. */
export function writeScript(
  folder: string,
  { text, parameters }: Statement,
  asker: { accountId: string; each: number },
): string {
  const rater = "('00000000-0000-7000-8000-' || lpad(:rater::text, 12, '0'))::uuid";
  const said = text.replace(/\$(\d+)/g, (_, place: string) => {
    const value = parameters[Number(place) - 1];
    return value === asker.accountId ? rater : literal(value);
  });
  const script = join(folder, "claim.sql");
  const setUp = `\\set n :n + 1\n\\set rater :client_id * ${asker.each} + :n\n`;
  // A statement of pgbench ends with its line.
  writeFileSync(script, `${setUp}${said.replace(/\s+/g, " ")};\n`);
  return script;
}

function literal(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `'{${value.join(",")}}'`;
  return `'${value}'`;
}

/** Its transactions within so many seconds, and how many it was a second, connecting not counted. */
export async function runPgbench(url: string, script: string, clients: number, seconds: number) {
  const prepared = ["-n", "-M", "prepared", "-D", "n=0", "-c", String(clients), "-j", "1"];
  const args = [...prepared, "-T", String(seconds), "-f", script, url];
  const { stdout } = await promisify(execFile)("pgbench", args);
  const [, claims] = /^number of transactions actually processed: (\d+)/m.exec(stdout) ?? [];
  const [, rate] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
  if (claims === undefined || rate === undefined)
    throw new Error(`pgbench said no rate:\n${stdout}`);
  return { claims: Number(claims), perSecond: Number(rate) };
}
