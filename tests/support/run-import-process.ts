import { connect } from "@/db/client";
import { runImport } from "@/server/import/run-import";
import { closeQueue } from "@/server/jobs/queue";

/** The worker's part of one import, in a process of its own that may be killed. */
const [importId = ""] = process.argv.slice(2);
const { db, close } = connect(process.env.DATABASE_URL ?? "");
await runImport({ importId }, { db, signal: new AbortController().signal });
await closeQueue();
await close();
