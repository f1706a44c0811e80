import { parseArgs } from "node:util";
import { eq, or, sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { projects } from "@/db/schema";
import { env } from "@/server/core/env";
import { AppError } from "@/server/core/errors";
import { sayDifference } from "./domain/first-difference";
import { replay } from "./replay";

// What `npm run replay` runs beside the product, with the product's own environment.
const { values } = parseArgs({ options: { project: { type: "string" } } });
const { db, close } = connect(env().DATABASE_URL, { max: 1 });
try {
  console.log(await report(db, values.project ?? ""));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await close();
}

async function report(from: Db, wanted: string): Promise<string> {
  const [project] = await from
    .select({ id: projects.id, slug: projects.slug })
    .from(projects)
    .where(or(eq(projects.slug, wanted), eq(sql`${projects.id}::text`, wanted)));
  if (!project)
    throw new AppError("NOT_FOUND", `There is no project ${wanted || "without a name"}.`);
  const { decisions, difference } = await replay(from, project.id);
  if (!difference) return `identical (${decisions} decisions of ${project.slug} replayed)`;
  throw new AppError("CONFLICT", sayDifference(difference));
}
