import { expect, test } from "vitest";
import { openTinyWorld } from "@/gpu-bridge/local/engine/tiny-world";
import levels from "@/trial/data/testbed-levels.json";
import { TINY_WORLD } from "../support/tiny-world";

test("the loop's table was drawn by the committed weights and seen by their oracle: `npm run loop -- --testbed` measures it anew", async () => {
  const world = await openTinyWorld(TINY_WORLD, 1);

  expect(levels.weights).toBe(world["/plain"].model.weights_hash);
  expect(levels.oracle).toBe(world["/oracle"].model.weights_hash);
  const pairs = Object.values(levels.firstCorrect).flatMap((row) => Object.keys(row));
  // Of 24 contents and 24 hosts, the typical ones are left out.
  expect(pairs).toHaveLength(24 * 24 - 24);
});
