import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { askingAs } from "@/server/auth/asking";
import { clientAddress } from "@/server/auth/client-address";
import { readSession, sessionCookie } from "@/server/auth/session";
import { database } from "@/server/core/database";
import { refuseForeignRequest } from "./refuse-foreign-request";
import { appRouter } from "./router";
import { withBodyLimit } from "./with-body-limit";

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BATCH = 10;

/** Every tRPC call over HTTP comes through here. */
export async function serveRequest(request: Request): Promise<Response> {
  const refusal = refuseForeignRequest(request);
  if (refusal) return refusal;
  const bounded = await withBodyLimit(request, MAX_BODY_BYTES);
  if (bounded instanceof Response) return bounded;
  const renewed = new Headers();
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: bounded,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => contextOf(bounded.headers, renewed),
  });
  for (const cookie of renewed.getSetCookie()) response.headers.append("set-cookie", cookie);
  response.headers.set("cache-control", "no-store");
  return response;
}

async function contextOf(headers: Headers, renewed: Headers) {
  const { db } = database();
  const bearerToken = bearerOf(headers);
  // A bridge's request never speaks for the person whose cookie came along.
  const session = bearerToken === null ? await readSession(headers) : null;
  return {
    db,
    // Looked up with what a procedure asks first, or once for all those of the request.
    viewer: null,
    session: session && askingAs(db, session),
    bearerToken,
    address: clientAddress(headers),
    renewSession: async (sessionVersion: number) => {
      if (!session) return;
      renewed.append("set-cookie", await sessionCookie({ ...session, sessionVersion }));
    },
  };
}

function bearerOf(headers: Headers): string | null {
  return /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}
