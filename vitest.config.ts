import { defineConfig } from "vitest/config";

// To load the packages anew for every file took as long as the tests do.
const SHARED_PACKAGES = { isolate: false, setupFiles: "tests/support/as-a-new-process.ts" };
const alias = { "@": import.meta.dirname };

// Where a test is about what is done with images, and not about the model that draws them.
const CLIP_ART = { DEFAULT_GENERATOR: "sketch" };

export default defineConfig({
  test: {
    // Vitest leaves one core free, which is half of a machine with two.
    maxWorkers: "100%",
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          environment: "node",
          ...SHARED_PACKAGES,
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
