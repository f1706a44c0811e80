import { globSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** Every route that has a page, as its folders spell it: "/p/[project]/pairs/[id]". */
export const listRoutes = (): string[] =>
  globSync("app/**/page.tsx", { cwd: ROOT })
    .map((file) => file.replace(/^app|\/page\.tsx$|\/\([a-z]+\)/g, "") || "/")
    .toSorted();
