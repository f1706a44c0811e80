import { expect, test } from "vitest";
import { safePath } from "@/app/(door)/_door/safe-path";

test("a path on this site is kept, with what it asks for", () => {
  expect(safePath("/p/tea/pairs?view=review#row")).toBe("/p/tea/pairs?view=review#row");
});

test.each([
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "evil.example",
  "",
  undefined,
  ["/a", "/b"],
])("%j leads home, never to another site", (path) => {
  const target = safePath(path);

  expect(new URL(target, "http://localhost:3000").origin).toBe("http://localhost:3000");
});
