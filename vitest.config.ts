import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// To load the packages anew for every file took as long as the tests do.
const SHARED_PACKAGES = { isolate: false, setupFiles: "tests/support/as-a-new-process.ts" };
const alias = { "@": import.meta.dirname };

// Where a test is about what is done with images, and not about the model that draws them.
const CLIP_ART = { DEFAULT_GENERATOR: "sketch" };

export default defineConfig({
  test: {
    // More than there are cores: a test waits for answers, leases and locks as long as it computes.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          environment: "node",
          ...SHARED_PACKAGES,
          // A test that hangs ends; one on a slow machine does not.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["tests/{integration,contract}/**/*.test.ts"],
          ...SHARED_PACKAGES,
          environment: "node",
          env: CLIP_ART,
          globalSetup: "tests/support/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          environment: "node",
          env: CLIP_ART,
          testTimeout: 1_200_000,
          hookTimeout: 60_000,
          // Each starts whole instances: one after the other.
          fileParallelism: false,
        },
      },
    ],
  },
});
