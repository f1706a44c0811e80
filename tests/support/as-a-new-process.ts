import { afterAll, vi } from "vitest";

// A worker keeps the packages that it has loaded, and runs its next file as a process that has just started.
vi.resetModules();
vi.useRealTimers();
vi.unstubAllGlobals();
performance.clearMarks();
const given = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in given)) delete process.env[name];
  Object.assign(process.env, given);
});
