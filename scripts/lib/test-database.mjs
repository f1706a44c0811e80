import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchPostgres } from "../../db/embedded/launch.mjs";
import { atEnd } from "./at-end.mjs";

/** Runs `act` with a cluster of its own that may be lost; TEST_DATABASE_URL names one that is there already. */
export async function withTestDatabase(act) {
  if (process.env.TEST_DATABASE_URL) return act(process.env.TEST_DATABASE_URL);
  const home = mkdtempSync(join(tmpdir(), "teacup-test-"));
  // The database's user has to get to its folder.
  chmodSync(home, 0o755);
  const postgres = await launchPostgres({ home, password: "test", unsafe: true });
  const callOff = atEnd(() => postgres.destroy());
  try {
    return await act(postgres.url);
  } finally {
    callOff();
    postgres.destroy();
    rmSync(home, { recursive: true, force: true });
  }
}
