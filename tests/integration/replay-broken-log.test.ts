import "@/tests/support/web-environment";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { recordDecision } from "@/server/project/record-decision";
import { firstDifference } from "@/server/replay/domain/first-difference";
import { rebuild } from "@/server/replay/domain/rebuild";
import { readHeldState } from "@/server/replay/read-held-state";
import { readEvidence, readLog } from "@/server/replay/read-log";
import { startFakeLlm } from "@/tests/support/fake-llm";
import { liveEveryDecision } from "@/tests/support/live-every-decision";
import { type LoopDriver, openLoopDriver } from "@/tests/support/loop-driver";
import { clearLlm, setUpLlm } from "@/tests/support/mining-job";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

storageHome();
const { db } = await testDatabase();
let driver: LoopDriver;
beforeAll(async () => {
  driver = await openLoopDriver(db);
});
const liveThrough = () => liveEveryDecision(db, driver);

/** `npm run replay` for one project: what it says and how it ends. */
async function replayAsCommand(projectId: string) {
  const args = ["--import", "tsx", "server/replay/main.ts", "--project", projectId];
  const child = spawn(process.execPath, args);
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk) => said.push(chunk));
  const [code] = await once(child, "close");
  return { code, said: Buffer.concat(said).toString("utf8").trim() };
}
test("a log that lacks a page is told as the first difference, by the command too", async () => {
  const ctx = await liveThrough();
  const { projectId } = ctx.member;
  const log = await readLog(db, projectId);
  const evidence = await readEvidence(db, projectId);
  const created = log.findIndex(({ action }) => action === "pattern.create");
  const requested = log.find(({ action }) => action === "batch.request")!;

  expect(rebuild(log.toSpliced(created, 1), evidence)).toMatchObject({
    broken: { problem: expect.stringMatching(/^it speaks of pattern .+, which it never made$/) },
  });
  const torn = log.map((entry) => (entry === requested ? { ...entry, payload: {} } : entry));
  expect(rebuild(torn, evidence)).toMatchObject({
    broken: {
      path: `decision ${requested.seq} (batch.request)`,
      problem: expect.stringContaining("patternId"),
    },
  });

  const forged = { actorId: null, action: "pattern.retire", subjectId: projectId, payload: {} };
  await db.transaction((tx) => recordDecision(tx, { projectId, ...forged }));
  expect(await replayAsCommand(projectId)).toEqual({
    code: 1,
    said: expect.stringMatching(
      /^First difference at decision \d+ \(pattern\.retire\): it speaks of pattern .+, which it never made\.$/,
    ),
  });
});

test("an answer that its contract would not take any more is told as the first difference", async () => {
  const llm = await startFakeLlm();
  await setUpLlm(db, llm.baseUrl);
  const ctx = await liveThrough();
  await clearLlm(db);
  await llm.close();
  const log = await readLog(db, ctx.member.projectId);
  const evidence = await readEvidence(db, ctx.member.projectId);
  const exchanges = new Map(
    [...evidence.exchanges].map(([id, exchange]) => [id, { ...exchange, answer: '{"pairs": []}' }]),
  );

  expect(rebuild(log, { ...evidence, exchanges })).toMatchObject({
    broken: {
      path: expect.stringMatching(/^decision \d+ \([a-z.]+\)$/),
      problem: expect.stringMatching(/^the answer of exchange .+ cannot be read as .+ any more: /),
    },
  });
});

test("a first page from before batches and reasons were compared tells nothing of them", async () => {
  const ctx = await liveThrough();
  const evidence = await readEvidence(db, ctx.member.projectId);
  const held = await readHeldState(db, ctx.member.projectId);
  const { batches: told, saturation, ...state } = held;
  const old = Object.entries(saturation).map(([name, { reason: _, ...row }]) => [name, row]);
  const ids = Object.keys(told);
  const payload = {
    state: { ...state, saturation: Object.fromEntries(old) },
    batches: ids.map((id) => ({ id, patternId: "a", proposer: "b", isRetest: false })),
    tallies: [],
  };
  const page = { seq: 1, action: "loop.snapshot", subjectId: null, payload };

  const rebuilt = rebuild([page], evidence);

  expect(ids.length).toBeGreaterThan(0);
  expect("state" in rebuilt && firstDifference(rebuilt.state, held)).toBeNull();
});
