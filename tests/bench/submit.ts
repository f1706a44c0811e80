import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import superjson from "superjson";
import { connect } from "@/db/client";
import { sessionCookie } from "@/server/auth/session";
import { removeHome, startInstance } from "@/tests/support/start-instance";
import { cpuSeconds } from "./cpu-time";
import { rounded } from "./figures";
import { inPairs, throughputLine } from "./pairs";
import { pin } from "./pin";
import { asTemplate, serveHere } from "./submit-room/capture";
import { fillProject, type Ready } from "./submit-room/fill";
import { type Message, sendAll } from "./submit-room/send-all";
import { startRaw } from "./submit-room/start-raw";
import { SUBMISSION } from "./submit-room/submission";
import { traceStatements } from "./traced";

// `npm run bench:submit [-- --pairs 10 --each 1500]`: grids sent off a second through tRPC at the built product, and through a bare
// node:http handler that asks the same PostgreSQL for the same statements, over 16 connections each. Every submission is of a grid of its
// own. The server that answers has the first processor, PostgreSQL and who asks the second.
const CONNECTIONS = 16;
const TARGET = 0.65;
const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "10" },
    each: { type: "string", default: "1500" },
  },
});
const pairs = Number(values.pairs);
const each = Number(values.each);

const instance = await startInstance();
try {
  await measure();
} finally {
  await instance.stop();
  removeHome(instance.home);
}

async function measure(): Promise<void> {
  const { home, url, databaseUrl } = instance;
  const { authSecret } = JSON.parse(readFileSync(join(home, "secrets.json"), "utf8"));
  const known = { AUTH_SECRET: authSecret, APP_URL: url, DATABASE_URL: databaseUrl };
  Object.assign(process.env, known, { TEACUP_HOME: home });
  const { db, close } = connect(databaseUrl, { max: 2 });
  const stage = await fillProject(db, (pairs + 1) * 2 * each + 1);
  const messages = await messagesFor(stage);
  const sample = stage.ready.shift();
  if (!sample) throw new Error("No grid waits");
  const statements = await traceStatements(databaseUrl, (traced) =>
    serveHere(traced, messages(sample)),
  );
  const raw = await startRaw(databaseUrl, asTemplate(statements, sample));
  const web = instance.pidOf("web") ?? 0;
  for (const pid of [web, raw.pid]) pin(pid, 0);
  for (const pid of [process.pid, instance.pidOf("database") ?? 0]) pin(pid, 1);
  const used = { subject: 0, peer: 0 };
  const turn = async (side: keyof typeof used, pid: number, to: string, made: Message[]) => {
    const before = cpuSeconds(pid);
    const rate = await sendAll(to, made, CONNECTIONS);
    used[side] += cpuSeconds(pid) - before;
    return rate;
  };
  const next = () => stage.ready.splice(0, each);
  try {
    const measured = await inPairs(
      pairs,
      () => turn("subject", web, url, next().map(messages)),
      () => turn("peer", raw.pid, raw.url, next().map(rawMessage)),
    );
    const line = throughputLine("submissions a second, tRPC / node:http", TARGET, measured);
    const per1000 = (seconds: number) => rounded((seconds * 1000) / ((pairs + 1) * each), 2);
    const cpu = { subject: per1000(used.subject), peer: per1000(used.peer) };
    console.log(
      JSON.stringify({ ...line, statements: statements.length, serverCpuSecondsPer1000: cpu }),
    );
  } finally {
    await raw.stop();
    await close();
  }
}

/** As the outbox of a browser sends them, each with the cookie of whose it is. */
async function messagesFor({ slug, raters }: { slug: string; raters: string[] }) {
  const cookies = new Map<string, string>();
  for (const accountId of raters) {
    const [cookie = ""] = (await sessionCookie({ accountId, sessionVersion: 1 })).split(";");
    cookies.set(accountId, cookie);
  }
  return ({ sittingId, accountId }: Ready): Message => ({
    path: "/api/trpc/rating.submit?batch=1",
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      cookie: cookies.get(accountId) ?? "",
    },
    body: JSON.stringify({
      0: superjson.serialize({ project: slug, sittingId, ...SUBMISSION }),
    }),
  });
}

function rawMessage(ready: Ready): Message {
  const headers = { "content-type": "application/json" };
  return { path: "/", headers, body: JSON.stringify(ready) };
}
