import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { generatorRevisions } from "@/db/schema";
import { addGenerator } from "@/server/generation/add-generator";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { listEndpoints } from "@/server/generation/read-endpoints";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { MOCE_OFFER } from "@/tests/support/moce-offer";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const SETTINGS = {
  negative_prompt: "",
  steps: 40,
  guidance_scale: 5,
  width: 512,
  height: 512,
  scheduler: "",
};
let ctx: Awaited<ReturnType<typeof makeMember>>;
let endpointName: string;

beforeEach(async () => {
  ctx = await makeMember(db, {});
  endpointName = `moce-${randomUUID()}`;
  await told(MOCE_OFFER);
});

async function told(description: Record<string, unknown>, health: "ready" | "starting" = "ready") {
  const report = { name: endpointName, contractVersion: 1, health, concurrency: 1, description };
  await bridgeHello(await makeBridgeRow(db), { endpoints: [report] });
}

// With the project's slug beside it, as a request brings it.
const asked = (method_params: Record<string, unknown> = {}, method = "moce") => ({
  project: ctx.member.slug,
  endpointName,
  method,
  parameters: { ...SETTINGS, method_params },
});
const register = (params = {}) => addGenerator(ctx, { name: "MoCE", ...asked(params) });

test("a generator is registered with every parameter of its method, said or not", async () => {
  const { id } = await register({ rounds: 5 });

  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, id));
  expect(revision).toMatchObject({
    number: 1,
    method: "moce",
    parameters: { method_params: { rounds: 5, mode: "per_image", known_step: null } },
  });
});

test("a name is taken once", async () => {
  await register();
  await expect(register()).rejects.toThrow("There is a generator called MoCE");
});

test("a wrong parameter, a wrong setting and a method that is not offered are refused in sentences, and nothing is kept", async () => {
  const before = await listGenerators(db, ctx.member.projectId);

  await expect(register({ rounds: 0, window: 3 })).rejects.toThrow(
    "Rounds at most is 0: it must be a whole number from 1 to 20. Last step searched is 3: it must be a number from 0 to 1.",
  );
  await expect(addGenerator(ctx, { name: "Plain", ...asked({}, "plain") })).rejects.toThrow(
    `The endpoint ${endpointName} does not draw by “plain”: it offers moce.`,
  );
  expect(await listGenerators(db, ctx.member.projectId)).toEqual(before);
});

test("a changed parameter is a new revision, an unchanged one is the revision that is there", async () => {
  const { generatorId, id } = await register({ rounds: 5 });
  const revise = (params: Record<string, unknown>) =>
    makeRevision(ctx, { generatorId, otherWeights: false, ...asked(params) });

  expect(await revise({ rounds: 6 })).toMatchObject({ number: 2, isNew: true });
  expect(await revise({ rounds: 5 })).toEqual({ id, number: 1, isNew: false });
  // The same said in full is the same.
  expect(await revise({ rounds: 5, exact: true, words: [] })).toMatchObject({ number: 1 });
  await expect(revise({ rounds: 21 })).rejects.toThrow("Rounds at most is 21");
});

test("a revision from before its endpoint told its parameters is the one that leaves them at their defaults", async () => {
  const before = endpointName;
  endpointName = `late-${randomUUID()}`;
  const { generatorId } = await addGenerator(ctx, { name: "Late", ...asked({}) });
  await told(MOCE_OFFER);

  const again = { generatorId, otherWeights: false, ...asked({ rounds: 3 }) };
  expect(await makeRevision(ctx, again)).toMatchObject({ number: 1, isNew: false });
  expect(endpointName).not.toBe(before);
});

test("an endpoint is listed with what it offers, who serves it and why it does not draw", async () => {
  await told({ ...MOCE_OFFER, reason: "Its setup failed: out of memory" }, "starting");

  const listed = await listEndpoints(db);
  const mine = listed.find(({ name }) => name === endpointName)!;
  expect(mine.offer).toEqual(MOCE_OFFER);
  expect(mine.servers.map(({ health, reason, isSilent }) => [health, reason, isSilent])).toEqual(
    expect.arrayContaining([
      ["ready", null, false],
      ["starting", "Its setup failed: out of memory", false],
    ]),
  );
});

test("somebody else's generator is not found", async () => {
  const { generatorId } = await register();
  const stranger = await makeMember(db, {});
  const revision = { generatorId, otherWeights: false, ...asked({ rounds: 4 }) };
  await expect(makeRevision(stranger, revision)).rejects.toThrow("No such generator.");
});
