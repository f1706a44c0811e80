import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import superjson from "superjson";

// A page does not wait for a second try: what failed on the server is asked again by the browser.
const isServer = typeof window === "undefined";

/** Settings that page and browser share: what the server fetched must not be fetched again at once. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: isServer ? false : mayHelpAgain },
      dehydrate: {
        serializeData: superjson.serialize,
        // A query still under way is streamed to the browser.
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        shouldRedactErrors: () => false,
      },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}

// An answer (404, 403, wrong input) stays the same; only an outage is worth another try.
function mayHelpAgain(failures: number, error: Error): boolean {
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
  return failures < 2 && (status === undefined || status >= 500);
}
