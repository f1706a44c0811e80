import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { JSON_SCHEMAS } from "./json-schemas";

// Run after a change of schemas.ts; a test compares the files with what zod gives.
for (const [name, schema] of Object.entries(JSON_SCHEMAS)) {
  const file = join(import.meta.dirname, "json-schema", `${name}.json`);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}
