import { httpLink, splitLink, type TRPCLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/router";

/** The context of a request that the browser still sends when its page is gone. */
export const OUTLIVES_PAGE = { outlivesPage: true };

/** Such a request goes at once and alone: a page that goes runs no timer, and a batch waits for one. */
export const withOutliving = (url: string, others: TRPCLink<AppRouter>): TRPCLink<AppRouter> =>
  splitLink({
    condition: ({ context }) => context.outlivesPage === true,
    true: httpLink({
      url,
      transformer: superjson,
      fetch: (address, options) => fetch(address, { ...options, keepalive: true }),
    }),
    false: others,
  });
