import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** An empty home for the files of one test file, removed when it is done. */
export function storageHome(): string {
  const home = mkdtempSync(join(tmpdir(), "teacup-home-"));
  process.env.TEACUP_HOME = home;
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  return home;
}
