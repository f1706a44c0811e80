import { headers } from "next/headers";
import { cache } from "react";
import { database } from "@/server/core/database";
import { findViewer } from "./find-viewer";
import { readSession } from "./session";
import type { Viewer } from "./viewer";

/** Who a request's cookie belongs to, or null. For route handlers that hold a Request. */
export async function viewerOf(requestHeaders: Headers): Promise<Viewer | null> {
  const session = await readSession(requestHeaders);
  return session ? findViewer(database().db, session) : null;
}

/** The signed-in person of the current page or route handler, read afresh once a request. */
export const getViewer = cache(
  async (): Promise<Viewer | null> => viewerOf(new Headers(await headers())),
);
