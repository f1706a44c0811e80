import { randomBytes, randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { afterAll, expect, inject, test } from "vitest";
import { connect } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { COUNTERS } from "@/server/counters/counters";

const folder = mkdtempSync(join(tmpdir(), "teacup-migrations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database as version 0.2.0 had it: the migrations up to the eleventh. */
async function oldDatabase() {
  const url = new URL(inject("clusterUrl"));
  const name = `upgrade_${randomBytes(6).toString("hex")}`;
  const admin = connect(url.href, { max: 1 });
  await admin.sql.unsafe(`create database ${name}`);
  url.pathname = `/${name}`;
  cpSync("drizzle", folder, { recursive: true });
  const journalFile = join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(journalFile, "utf8"));
  journal.entries = journal.entries.slice(0, 11);
  writeFileSync(journalFile, JSON.stringify(journal));
  const handle = connect(url.href, { max: 1 });
  await migrate(handle.db, { migrationsFolder: folder });
  afterAll(async () => {
    await handle.close();
    await admin.sql.unsafe(`drop database ${name} with (force)`);
    await admin.close();
  });
  return { ...handle, url: url.href };
}

type Sql = ReturnType<typeof connect>["sql"];

/** One rated pair and a stop of the budget, written as 0.2.0 wrote them. Keys to other tables are not checked. */
async function fillOld(sql: Sql) {
  const [project, pattern, pair, revision, grid, sitting, rater] = Array.from({ length: 7 }, () =>
    randomUUID(),
  ) as [string, string, string, string, string, string, string];
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into project (id, slug, name) values (${project}, 'old', 'Old')`;
    await tx`insert into pattern (id, project_id, name, name_key, category) values (${pattern}, ${project}, 'Vessels', 'vessels', 'lcmis')`;
    await tx`
      insert into generator_revision (id, project_id, generator_id, number, endpoint_name, method, parameters, content_hash)
      values (${revision}, ${project}, ${randomUUID()}, 1, 'sketch', 'plain', '{}', ${"0".repeat(64)})`;
    await tx`
      insert into pair (id, project_id, pattern_id, phase, concept_a, concept_b, key, origin, state, stage)
      values (${pair}, ${project}, ${pattern}, 1, 'iced coke', 'tea cup', 'iced coke|tea cup', 'human', 'accepted', 'rated')`;
    await tx`
      insert into pair_count (project_id, pattern_id, phase, origin, state, stage, pairs)
      values (${project}, ${pattern}, 1, 'human', 'accepted', 'rated', 1)`;
    await tx`
      insert into grid (id, project_id, pair_id, generator_revision_id, prompt_set_id, seed_set_id, purpose, state)
      values (${grid}, ${project}, ${pair}, ${revision}, ${randomUUID()}, ${randomUUID()}, 'mining', 'closed')`;
    await tx`
      insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at, active_ms)
      values (${sitting}, ${project}, ${grid}, ${rater}, 'submitted', now(), 42000)`;
    await tx`
      insert into seat (id, project_id, grid_id, number, sitting_id, completed_at)
      values (${randomUUID()}, ${project}, ${grid}, 1, ${sitting}, now())`;
    await tx`
      insert into waiting (id, project_id, kind, reason)
      values (${randomUUID()}, ${project}, 'budget', 'The rater time is used up.')`;
    await tx`
      insert into level (id, project_id, grid_id, source, sitting_id, rule_version, mode, correct, rated, level, low, high)
      values (${randomUUID()}, ${project}, ${grid}, 'rater', ${sitting}, 1, 'full', 0, 20, 5, 0, 0.16)`;
  });
  await sql`select teacup_record_levels(${grid})`;
  return { project, pair };
}

test("a database of version 0.2.0 with rated pairs comes up whole, its counters right", async () => {
  const { db, sql, url } = await oldDatabase();
  const { project, pair } = await fillOld(sql);
  expect(await sql`select source, pairs from level_count`).toEqual([{ source: "rater", pairs: 1 }]);

  await migrateDatabase(url);

  expect(await sql`select judge, level from pair_level where pair_id = ${pair}`).toEqual([
    { judge: "human", level: 5 },
  ]);
  expect(await sql`select judge, level, pairs from level_count`).toEqual([
    { judge: "human", level: 5, pairs: 1 },
  ]);
  expect(await sql`select stage from pair`).toEqual([{ stage: "rated" }]);
  expect(await sql`select project_id, number, closed_at from rating_round`).toEqual([
    { project_id: project, number: 1, closed_at: null },
  ]);
  expect(await sql`select budget from waiting where kind = 'budget'`).toEqual([
    { budget: "rater_ms" },
  ]);
  for (const { name, drift } of COUNTERS) {
    expect({ name, drift: [...(await db.execute(drift))] }).toEqual({ name, drift: [] });
  }
});
