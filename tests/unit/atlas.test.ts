import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWorld } from "@/gpu-bridge/local/read-world";

const index = JSON.parse(readFileSync(join("gpu-bridge/testbed/atlas/index.json"), "utf8"));

test("the testbed's atlas is drawn from the data files as they are: `npm run atlas` draws it anew", () => {
  expect(index.hash).toBe(readWorld().hash);
});
