import superjson from "superjson";
import { beforeAll, expect, test } from "vitest";
import { sessionCookie } from "@/server/auth/session";
import { serveImage } from "@/server/generation/serve-image";
import type { MemberContext } from "@/server/trpc/context";
import { appRouter } from "@/server/trpc/router";
import { serveRequest } from "@/server/trpc/serve-request";
import { AUTHORISATION } from "@/tests/support/authorisation-table";
import { makeBlindProject, SECRETS, TELLING } from "@/tests/support/blind-project";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { verdictEvent } from "@/tests/support/rate";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();
storageHome();
const OWN = "http://localhost:3000";

type Made = Awaited<ReturnType<typeof makeBlindProject>>;
let rater: MemberContext;
let made: Made;
beforeAll(async () => {
  const { id: projectId } = await makeProject(db);
  rater = await makeMember(db, { projectId, role: "expert", name: "Rita" });
  made = await makeBlindProject(db, { projectId, raterId: rater.viewer.accountId });
}, 60_000);

const types = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;

/** As a browser calls it: the whole answer as bytes, headers first. */
async function received({ viewer }: MemberContext, path: string, input: object) {
  const { accountId } = viewer;
  const [cookie = ""] = (await sessionCookie({ accountId, sessionVersion: 1 })).split(";");
  const body = JSON.stringify(superjson.serialize(input));
  const isQuery = types[path]!._def.type === "query";
  const address = `${OWN}/api/trpc/${path}`;
  const headers = { "content-type": "application/json", cookie, origin: OWN };
  const response = await serveRequest(
    isQuery
      ? new Request(`${address}?input=${encodeURIComponent(body)}`, { headers })
      : new Request(address, { method: "POST", headers, body }),
  );
  const text = await response.text();
  return { status: response.status, text, all: `${[...response.headers].join("\n")}\n${text}` };
}

function expectBlind(where: string, bytes: string) {
  expect([where, SECRETS.filter((secret) => bytes.includes(secret))]).toEqual([where, []]);
  // Names and values of the data, not words within a sentence.
  expect([where, TELLING.filter((word) => bytes.includes(`"${word}"`))]).toEqual([where, []]);
}

/** What a rater's browser calls, in an order in which each call does something. */
function journeyOf({ sittingId }: { sittingId: string }, imageIds: readonly string[]) {
  const of = { project: rater.member.slug, sittingId };
  const events = imageIds.map((imageId, at) => verdictEvent(imageId, at + 1, "incorrect"));
  const at = new Date();
  const submission = { guidelineVersion: 0, paintedAt: at, firstActionAt: at, activeMs: 9000 };
  return [
    ["rating.queues", {}],
    ["rating.locate", of],
    ["rating.preferences", {}],
    ["rating.savePreferences", {}],
    ["rating.guidelines", of],
    ["rating.readGuidelines", { ...of, version: 1 }],
    ["rating.sitting", of],
    ["rating.next", of],
    ["rating.nextBatch", of],
    ["rating.heartbeat", { ...of, sittingIds: [sittingId] }],
    ["rating.writeNote", { ...of, note: "" }],
    ["rating.putOff", of],
    ["rating.record", { ...of, events }],
    ["rating.submit", { ...of, ...submission }],
    ["rating.feedback", of],
    ["rating.startTraining", of],
    ["rating.done", of],
    ["rating.sitting", of],
    ["rating.revisit", of],
    ["rating.reopen", of],
    ["rating.cannotJudge", { ...of, reason: "Too dark" }],
    ["rating.giveBack", of],
  ] as const;
}

/** An answer that is a refusal would hold nothing anyway. */
const TOLD = ["queues", "locate", "sitting", "next", "record", "submit", "done", "reopen"].map(
  (name) => `rating.${name}`,
);

const mayCall = () =>
  Object.entries(AUTHORISATION)
    .filter(([path, who]) => path.startsWith("rating.") && /^(member|signed in)$/.test(who))
    .map(([path]) => path);

test("nothing that any rating procedure answers tells the generator, pattern, Level, seed, other raters or what a grid is for", async () => {
  const called = new Set<string>();
  for (const [at, sitting] of made.sittings.entries()) {
    for (const [path, input] of journeyOf(sitting, made.grids[at]!.imageIds)) {
      called.add(path);
      const { status, all } = await received(rater, path, input);
      expectBlind(`${path} of ${sitting.as}`, all);
      if (TOLD.includes(path)) expect([path, sitting.as, status]).toEqual([path, sitting.as, 200]);
    }
  }
  // A procedure that comes later is searched too, or this fails.
  expect([...called].sort()).toEqual(mayCall().sort());
});

test("a silent repeat, a gold grid and a second look answer in the same words as a planned seat", async () => {
  const { id: projectId, slug } = await makeProject(db);
  const expert = await makeMember(db, { projectId, role: "expert", name: "Rolf" });
  const fresh = await makeBlindProject(db, { projectId, raterId: expert.viewer.accountId });
  const shapes: { as: string; told: string }[] = [];
  for (const { as, sittingId } of fresh.sittings) {
    const view = await received(expert, "rating.sitting", { project: slug, sittingId });
    const feedback = await received(expert, "rating.feedback", { project: slug, sittingId });
    expect([view.status, feedback.status]).toEqual([200, 404]);
    // What differs are ids and the times of answering.
    const told = `${view.text}\n${feedback.text}`.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id");
    shapes.push({ as, told });
  }

  // A comparison's grids are laid at random. By whichever generator, they read the same.
  const [compared, others] = [true, false].map((isCompared) =>
    shapes.filter(({ as }) => (as === "repaired") === isCompared),
  );
  expect([others!.length, new Set(others!.map(({ told }) => told)).size]).toEqual([5, 1]);
  expect([compared!.length, new Set(compared!.map(({ told }) => told)).size]).toEqual([2, 1]);
});

test("what only researchers may call refuses a rater without naming anything", async () => {
  const paths = Object.entries(AUTHORISATION).filter(
    ([, who]) => who === "researcher" || who === "owner" || who === "not only expert",
  );
  for (const [path] of paths) {
    const { status, all } = await received(rater, path, { project: rater.member.slug });
    expect([path, status]).toEqual([path, 403]);
    expectBlind(path, all);
  }
});

test("the search would find them: a researcher of the same project is told all of it", async () => {
  const { projectId, slug } = rater.member;
  const owner = await makeMember(db, { projectId });
  const [{ pairId }] = made.grids as [Made["grids"][number]];

  const { text } = await received(owner, "mining.pairDetail", { project: slug, pairId });

  const found = SECRETS.filter((secret) => text.includes(secret));
  expect(found).toEqual(expect.arrayContaining(["zzgen", "zzpattern", "zzlatent", "zzother"]));
  expect(TELLING.filter((word) => text.includes(`"${word}"`)).length).toBeGreaterThan(5);
});

test("an image comes without its metadata, under an address and headers that name nothing", async () => {
  const secrets = SECRETS.map((secret) => Buffer.from(secret));
  for (const imageId of made.grids.map((grid) => grid.imageIds[0]!)) {
    for (const width of ["320", "full"]) {
      const request = new Request(`${OWN}/api/images/${imageId}?w=${width}`);
      const response = await serveImage({ db, viewer: rater.viewer }, request, imageId);
      expect(response.status).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      expectBlind("an image's headers", [...response.headers].join("\n"));
      for (const mark of [...secrets, "EXIF", "XMP ", "ICCP"]) {
        expect([String(mark), bytes.includes(mark)]).toEqual([String(mark), false]);
      }
    }
    const original = new Request(`${OWN}/api/images/${imageId}?original=1`);
    expect((await serveImage({ db, viewer: rater.viewer }, original, imageId)).status).toBe(404);
  }
});
