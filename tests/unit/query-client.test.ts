import { TRPCError } from "@trpc/server";
import { expect, test, vi } from "vitest";
import { makeQueryClient } from "@/app/_trpc/query-client";

test.each(["FORBIDDEN", "INTERNAL_SERVER_ERROR"] as const)(
  "a page does not wait for a second try of a read that failed on the server: %s",
  async (code) => {
    const read = vi.fn(() => Promise.reject(new TRPCError({ code })));

    await makeQueryClient().prefetchQuery({ queryKey: ["read"], queryFn: read });

    expect(read).toHaveBeenCalledTimes(1);
  },
);
