// @vitest-environment jsdom
import { TRPCClientError } from "@trpc/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeQueryClient } from "@/app/_trpc/query-client";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function triesOf(error: Error): Promise<number> {
  const read = vi.fn(() => Promise.reject(error));
  const done = makeQueryClient().prefetchQuery({ queryKey: ["read"], queryFn: read });
  await vi.runAllTimersAsync();
  await done;
  return read.mock.calls.length;
}

test("a browser asks again where the server was away, and takes a refusal as it is", async () => {
  const refusal = new TRPCClientError("No such project", {
    result: { error: { code: -32004, message: "No such project", data: { httpStatus: 404 } } },
  });

  expect(await triesOf(new TRPCClientError("Failed to fetch"))).toBe(3);
  expect(await triesOf(refusal)).toBe(1);
});
