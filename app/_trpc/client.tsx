"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/router";
import { withOutliving } from "./outlives-page";
import { makeQueryClient } from "./query-client";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export { useTRPC, useTRPCClient };

const url = "/api/trpc";
const link: TRPCLink<AppRouter> = splitLink({
  condition: (operation) => operation.type === "subscription",
  true: httpSubscriptionLink({ url, transformer: superjson }),
  // Ten is what the server accepts; the address stays short enough for any proxy.
  false: withOutliving(
    url,
    httpBatchLink({ url, transformer: superjson, maxItems: 10, maxURLLength: 4000 }),
  ),
});

let browserQueryClient: QueryClient | undefined;

// On the server every request has its own client, so that nobody sees another's data.
function getQueryClient(): QueryClient {
  if (typeof window === "undefined") return makeQueryClient();
  browserQueryClient ??= makeQueryClient();
  return browserQueryClient;
}

export function TrpcProvider({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  const [trpcClient] = useState(() => createTRPCClient<AppRouter>({ links: [link] }));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
