import type { Db } from "@/db/client";
import { type Admitted, type Asker, admit } from "./admit";
import { findViewer } from "./find-viewer";
import type { MemberCall } from "./member-call";
import type { Session } from "./session";
import type { Viewer } from "./viewer";

/** What a request's cookie says, and what comes of looking whether it still counts. */
export type Asking = Asker & {
  viewer: () => Promise<Viewer | null>;
  /** What they are in the project of that slug. */
  admitted: (slug: string) => Promise<Admitted<null> | null>;
};

export const nothing: MemberCall<null> = (sql) => sql`null`;

/** For one request, never longer: its procedures come in a batch, and what one of them asked is not asked again. */
export function askingAs(db: Db, session: Session): Asking {
  let viewer: Promise<Viewer | null> | undefined;
  const admissions = new Map<string, Promise<Admitted<null> | null>>();
  return {
    ...session,
    viewer() {
      viewer ??= findViewer(db, session);
      return viewer;
    },
    admitted(slug) {
      const admission = admissions.get(slug) ?? admit(db, session, slug, nothing);
      admissions.set(slug, admission);
      return admission;
    },
  };
}
