import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { generatorRevisions, generators } from "@/db/schema";
import { addDefaultGenerators } from "@/server/generation/add-default-generators";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { GENERATORS } from "@/server/generation/domain/default-generators";
import { findRevision } from "@/server/generation/run-settings";
import { listTestedRevisions } from "@/server/project/find-tested-revision";
import { insertProject } from "@/server/project/insert-project";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
afterEach(() => vi.unstubAllEnvs());

async function madeProject() {
  const { viewer } = await makeMember(db);
  const name = randomUUID();
  const made = await db.transaction((tx) =>
    insertProject(tx, { accountId: viewer.accountId, name }),
  );
  return made.id;
}

const of = (projectId: string) =>
  db
    .select({
      name: generators.name,
      endpoint: generatorRevisions.endpointName,
      method: generatorRevisions.method,
      parameters: generatorRevisions.parameters,
    })
    .from(generators)
    .innerJoin(generatorRevisions, eq(generatorRevisions.generatorId, generators.id))
    .where(eq(generators.projectId, projectId))
    .orderBy(asc(generators.name));

test("Tiny World comes alone and with each of its repairs, and is the one under test", async () => {
  vi.stubEnv("DEFAULT_GENERATOR", "tiny-world");
  const projectId = await madeProject();

  expect(await of(projectId)).toMatchObject([
    { name: "Tiny World", endpoint: "tiny-world", method: "plain" },
    {
      name: "Tiny World + ConceptDiffusion",
      endpoint: "tiny-world-concept-diffusion",
      method: "concept_diffusion",
    },
    { name: "Tiny World + MoCE", endpoint: "tiny-world-moce", method: "moce" },
  ]);
  expect((await listTestedRevisions(db, projectId)).map(({ generator }) => generator)).toEqual([
    "Tiny World",
    "Tiny World + MoCE",
    "Tiny World + ConceptDiffusion",
  ]);
  const { endpointName } = await findRevision(db, projectId, undefined);
  expect(endpointName, "a run that names none draws with it").toBe("tiny-world");
  const made = await db
    .select({ createdAt: generatorRevisions.createdAt })
    .from(generatorRevisions)
    .where(eq(generatorRevisions.projectId, projectId));
  expect(new Set(made.map(({ createdAt }) => createdAt.getTime())).size).toBe(1);
});

test("the three differ in their method alone", () => {
  const settings = GENERATORS["tiny-world"].map(({ content }) => content.parameters);
  expect(new Set(settings.map((one) => JSON.stringify(one))).size).toBe(1);
});

test("the Sketch simulator can be chosen in its place", async () => {
  vi.stubEnv("DEFAULT_GENERATOR", "sketch");
  const projectId = await madeProject();

  expect(await of(projectId)).toMatchObject([{ name: "Sketch simulator", endpoint: "sketch" }]);
});

test("a revision says every parameter where the endpoint has told them, and doing it again changes nothing", async () => {
  const schema = { type: "object", properties: { rounds: { type: "integer", default: 3 } } };
  const moce = { name: "moce", version: "1", title: "MoCE", parameters: schema };
  const description = { methods: [moce], settings: null };
  const report = { name: "tiny-world-moce", contractVersion: 1, concurrency: 1, description };
  await bridgeHello(await makeBridgeRow(db), { endpoints: [{ ...report, health: "ready" }] });
  vi.stubEnv("DEFAULT_GENERATOR", "tiny-world");
  const projectId = await madeProject();

  const [plain, , repaired] = await of(projectId);
  expect(plain?.parameters).toMatchObject({ width: 64, height: 64, method_params: {} });
  expect(repaired?.parameters).toMatchObject({ width: 64, method_params: { rounds: 3 } });
  const again = () => db.transaction((tx) => addDefaultGenerators(tx, projectId, "tiny-world"));
  expect(await again()).toEqual(await again());
  expect(await of(projectId)).toHaveLength(3);
});
