import { isNotNull, sql } from "drizzle-orm";
import { connect } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { accounts } from "@/db/schema";
import { parseEnv } from "./core/env";
import { ensureEmbeddedBridge } from "./generation/ensure-embedded-bridge";
import { tellUnfinishedRuns } from "./generation/tell-unfinished-runs";
import { addMissingConcepts } from "./mining/add-missing-concepts";
import { beginLogs } from "./replay/begin-logs";

const OLDEST_VERSION = 16;

type Report = { isSetUp: boolean; unfinished: string[] } | { problem: string };

/** Before anything starts: are the variables right, is the database reachable, recent and migrated? */
async function prepare(): Promise<Report> {
  const { DATABASE_URL, EMBEDDED_BRIDGE_TOKEN } = parseEnv(process.env);
  const { db, close } = connect(DATABASE_URL, { max: 1 });
  try {
    const [server] = await db.execute<{ version: number }>(
      sql`select current_setting('server_version_num')::int / 10000 as version`,
    );
    if ((server?.version ?? 0) < OLDEST_VERSION) {
      return {
        problem: `DATABASE_URL is wrong: PostgreSQL ${OLDEST_VERSION} or later is needed, not ${server?.version}.`,
      };
    }
    await migrateDatabase(DATABASE_URL);
    await addMissingConcepts(db);
    await beginLogs(db);
    // Before the bridge asks for work, so that its first call is not refused.
    if (EMBEDDED_BRIDGE_TOKEN) await ensureEmbeddedBridge(db, EMBEDDED_BRIDGE_TOKEN);
    return {
      isSetUp: (await db.$count(accounts, isNotNull(accounts.passwordHash))) > 0,
      unfinished: await tellUnfinishedRuns(db),
    };
  } finally {
    await close();
  }
}

function explain(error: unknown): Report {
  if (!(error instanceof Error)) throw error;
  const cause = error.cause instanceof Error ? error.cause : error;
  const isUnreachable =
    "code" in cause && /^(E[A-Z]+|CONNECT_TIMEOUT|28\w{3}|3D000)$/.test(String(cause.code));
  return {
    problem: isUnreachable
      ? `The database that DATABASE_URL names cannot be used: ${cause.message || String(cause)}.`
      : error.message,
  };
}

// One line for the supervisor, which runs on a Node that cannot read this file.
console.log(JSON.stringify(await prepare().catch(explain)));
