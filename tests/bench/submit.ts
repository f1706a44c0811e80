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
import { type Message, sendFor } from "./submit-room/send-for";
import { startRaw } from "./submit-room/start-raw";
import { SUBMISSION } from "./submit-room/submission";
import { traceStatements } from "./traced";

// `npm run bench:submit [-- --pairs 10 --seconds 10 --grids 100000]`: grids sent off a second through tRPC at the built product, and through a bare
// node:http handler that asks the same PostgreSQL for the same statements, over 16 connections each. Every submission is of a grid of its
// own. The server that answers has the first processor, PostgreSQL and who asks the second.
const CONNECTIONS = 16;
const TARGET = 0.65;
const MOST_A_TURN = 20_000;
const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "10" },
    seconds: { type: "string", default: "10" },
    grids: { type: "string", default: "100000" },
  },
});
const pairs = Number(values.pairs);
const turnMs = Number(values.seconds) * 1000;

const instance = await startInstance();
try {
  await measure();
} finally {
  await instance.stop();
  removeHome(instance.home);
}

type Say = (ready: Ready) => Message;
type Use = { seconds: number; sent: number };

async function measure(): Promise<void> {
  const { home, url, databaseUrl } = instance;
  const { authSecret } = JSON.parse(readFileSync(join(home, "secrets.json"), "utf8"));
  const known = { AUTH_SECRET: authSecret, APP_URL: url, DATABASE_URL: databaseUrl };
  Object.assign(process.env, known, { TEACUP_HOME: home });
  const { db, close } = connect(databaseUrl, { max: 2 });
  const stage = await fillProject(db, Number(values.grids));
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
  const used: Record<"subject" | "peer", Use> = {
    subject: { seconds: 0, sent: 0 },
    peer: { seconds: 0, sent: 0 },
  };
  const turn = async (side: keyof typeof used, pid: number, to: string, say: Say) => {
    const before = cpuSeconds(pid);
    const { sent, perSecond } = await sendFor(
      turnMs,
      to,
      stage.ready.slice(0, MOST_A_TURN).map(say),
      CONNECTIONS,
    );
    used[side].seconds += cpuSeconds(pid) - before;
    used[side].sent += sent;
    stage.ready.splice(0, sent);
    return perSecond;
  };
  try {
    const measured = await inPairs(
      pairs,
      () => turn("subject", web, url, messages),
      () => turn("peer", raw.pid, raw.url, rawMessage),
    );
    const line = throughputLine("submissions a second, tRPC / node:http", TARGET, measured);
    const per1000 = ({ seconds, sent }: Use) => rounded((seconds * 1000) / sent, 2);
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
