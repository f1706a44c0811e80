import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/db/migrate";
import { openQueue } from "@/server/jobs/queue";

declare module "vitest" {
  interface ProvidedContext {
    clusterUrl: string;
    templateName: string;
  }
}

const urlOf = (cluster: string, name: string) => {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
};

/** Migrates one template database a run; each test file copies it (0.1 s). */
export default async function setup(project: TestProject) {
  const clusterUrl = process.env.TEST_DATABASE_URL;
  if (!clusterUrl) throw new Error("TEST_DATABASE_URL is not set: run `npm run test:integration`");
  const templateName = `template_${migrationsHash()}`;
  const admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await admin`select pg_advisory_lock(7310846)`;
  const [known] = await admin`select 1 from pg_database where datname = ${templateName}`;
  if (!known) {
    const draft = `${templateName}_draft`;
    await admin.unsafe(`drop database if exists ${draft}`);
    await admin.unsafe(`create database ${draft}`);
    await migrateDatabase(urlOf(clusterUrl, draft));
    const queue = await openQueue(urlOf(clusterUrl, draft), { supervise: false });
    await queue.stop({ graceful: false });
    await admin.unsafe(`alter database ${draft} rename to ${templateName}`);
  }
  await admin.end();
  project.provide("clusterUrl", clusterUrl);
  project.provide("templateName", templateName);
}

function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync("drizzle")
    .filter((name) => name.endsWith(".sql"))
    .sort()) {
    hash.update(readFileSync(`drizzle/${file}`));
  }
  hash.update(readFileSync("server/jobs/contracts.ts"));
  return hash.digest("hex").slice(0, 12);
}
