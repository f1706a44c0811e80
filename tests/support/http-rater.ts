import { randomUUID } from "node:crypto";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import superjson from "superjson";
import { deliverTo } from "@/app/(rate)/_outbox/deliver";
import { createOutbox, type OutboxStatus } from "@/app/(rate)/_outbox/outbox";
import { openOutboxDb, type StoredItem } from "@/app/(rate)/_outbox/outbox-db";
import { whenSent } from "@/app/(rate)/_outbox/when-sent";
import type { SittingView } from "@/app/(rate)/_session/table";
import type { Verdict } from "@/db/enums";
import { sessionCookie } from "@/server/auth/session";
import type { MemberContext } from "@/server/trpc/context";
import type { AppRouter } from "@/server/trpc/router";
import { verdictEvent } from "./rate";
import "./browserless-window";

export type Acknowledged = {
  sittingId: string;
  imageId: string;
  clientKey: string;
  clientSeq: number;
  verdict: Verdict | null;
};
export type HttpRater = Awaited<ReturnType<typeof openHttpRater>>;

/**
 * A rater without a browser: the product's own outbox, which sends over HTTP with the rater's cookie, and what
 * the server said that it has. Addresses and secrets come from the environment.
 */
export async function openHttpRater(url: string, { viewer, member }: MemberContext) {
  const { accountId } = viewer;
  const project = member.slug;
  const client = await openClient(url, accountId);
  const verdicts: Acknowledged[] = [];
  const submitted: string[] = [];
  const failures: string[] = [];
  const deliver = deliverTo(client);
  const outbox = await createOutbox(accountId, await openOutboxDb(accountId), async (items) => {
    const delivery = await deliver(items);
    if (delivery.outcome === "done") note(items);
    else failures.push(delivery.outcome);
    return delivery;
  });

  function note(items: readonly StoredItem[]) {
    for (const { sittingId, write } of items) {
      if (write.kind === "submit") submitted.push(sittingId);
      if (write.kind === "verdict") verdicts.push({ sittingId, ...write.event });
    }
  }

  return {
    next: () => client.rating.next.mutate({ project, besides: [] }),
    /** The whole grid as a screen gives it to the outbox: twenty verdicts and the submission. */
    rate(view: SittingView | { id: string; version: number; cells: { imageId: string }[] }) {
      const windowKey = randomUUID();
      const target = { project, sittingId: view.id, windowKey };
      for (const [nth, { imageId }] of view.cells.entries()) {
        const event = verdictEvent(imageId, nth + 1, Math.random() < 0.5 ? "correct" : "incorrect");
        const base = { version: view.version, nth };
        outbox.add({ ...target, write: { kind: "verdict", event, base } });
      }
      const submission = { guidelineVersion: 0, paintedAt: null, firstActionAt: null };
      outbox.add({
        ...target,
        write: { kind: "submit", submission: { ...submission, activeMs: 61_000 } },
      });
    },
    whenSent: () => whenSent(outbox, () => isStuck(outbox.status())),
    verdicts,
    submitted,
    /** What came in place of "done", one for each request. */
    failures,
    status: outbox.status,
    close: outbox.close,
  };
}

/** Nothing goes on without a person: a fault in a test where nobody is. */
const isStuck = ({ state, refused, conflicts }: OutboxStatus) =>
  state === "signedOut" || state === "notKept" || refused.length > 0 || conflicts.size > 0;

async function openClient(url: string, accountId: string) {
  const [cookie = ""] = (await sessionCookie({ accountId, sessionVersion: 1 })).split(";");
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${url}/api/trpc`, transformer: superjson, headers })],
  });
}
