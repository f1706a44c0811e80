import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { allProjectPages } from "@/app/(lab)/_shell/project-pages";

const HOME = "app/(lab)/p/[project]";

test("the palette finds every page of a project that is not one of a single thing", () => {
  const written = readdirSync(HOME, { recursive: true, encoding: "utf8" })
    .filter((file) => file === "page.tsx" || file.endsWith("/page.tsx"))
    .map((file) => `/p/x/${file.replace(/\/?page\.tsx$/, "")}`.replace(/\/$/, ""))
    .filter((path) => !path.includes("["));

  const found = allProjectPages("x").map(({ href }) => href);

  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((path) => !found.includes(path))).toEqual([]);
});
