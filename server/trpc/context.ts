import type { Db } from "@/db/client";
import type { Asking } from "@/server/auth/asking";
import type { Member, Viewer } from "@/server/auth/viewer";

export type RequestContext = {
  db: Db;
  viewer: Viewer | null;
  /** What the request's cookie says, where nobody has looked yet whether it still counts; `viewer` is null then. */
  session?: Asking | null;
  bearerToken: string | null;
  /** The client's address, known only behind a trusted proxy. */
  address: string | null;
  /** Keeps this browser signed in after its own account's session version rose; web requests only. */
  renewSession?: (sessionVersion: number) => Promise<void>;
};

/** What verbs take: the database and who asks. */
export type ViewerContext = Pick<RequestContext, "db" | "renewSession"> & { viewer: Viewer };
export type MemberContext = ViewerContext & { member: Member };
export type BridgeContext = { db: Db; bridge: { id: string; name: string } };
