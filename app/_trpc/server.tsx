import {
  dehydrate,
  type FetchInfiniteQueryOptions,
  type FetchQueryOptions,
  HydrationBoundary,
  type QueryKey,
} from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { cache, type ReactNode } from "react";
import { getViewer } from "@/server/auth/get-viewer";
import { database } from "@/server/core/database";
import type { RequestContext } from "@/server/trpc/context";
import { appRouter, createCaller } from "@/server/trpc/router";
import { makeQueryClient } from "./query-client";

const getQueryClient = cache(makeQueryClient);

const getContext = cache(
  async (): Promise<RequestContext> => ({
    db: database().db,
    viewer: await getViewer(),
    bearerToken: null,
    address: null,
  }),
);

/** `trpc.x.queryOptions()` for `prefetch`; runs in process, with the viewer's own rights. */
export const trpc = createTRPCOptionsProxy({
  ctx: getContext,
  router: appRouter,
  queryClient: getQueryClient,
});

/** Starts a read for the client components inside `HydrateClient`; never throws. */
export function prefetch<Raw, Failure, Data, Key extends QueryKey>(
  options: FetchQueryOptions<Raw, Failure, Data, Key>,
): void {
  void getQueryClient().prefetchQuery(options);
}

/** The same for a list that is read page by page: its first page. */
export function prefetchPages<Raw, Failure, Data, Key extends QueryKey, Param>(
  options: FetchInfiniteQueryOptions<Raw, Failure, Data, Key, Param>,
): void {
  void getQueryClient().prefetchInfiniteQuery(options);
}

/** The same, waited for: its answer names what else the page reads. */
export function readFirst<Raw, Failure, Data = Raw, Key extends QueryKey = QueryKey>(
  options: FetchQueryOptions<Raw, Failure, Data, Key>,
): Promise<Data> {
  return getQueryClient().fetchQuery(options);
}

export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}

/** Calls a procedure from a page: `const caller = await getCaller()`. Throws TRPCError. */
export const getCaller = async () => createCaller(await getContext());
