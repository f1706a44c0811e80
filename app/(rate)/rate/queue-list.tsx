"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useSearchParams } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { useOutboxStatus } from "@/app/(rate)/_outbox/outbox-provider";
import { RefusedWrites } from "@/app/(rate)/_outbox/refused-writes";
import type { AppRouter } from "@/server/trpc/router";
import { DoneList } from "./done-list";
import { LaterList } from "./later-list";
import { LeftOverVersions } from "./left-over-versions";
import { nextWords } from "./next-words";
import { ProjectGuidelines } from "./project-guidelines";
import { StartButton } from "./start-button";
import { TrainingOffer } from "./training-offer";
import { useWhatCame } from "./use-what-came";
import { isOpen } from "./where-next";

export type Queue = inferRouterOutputs<AppRouter>["rating"]["queues"][number];

/** Every project the viewer rates in; `?project=` puts one of them first. */
export function QueueList() {
  const trpc = useTRPC();
  const wanted = useSearchParams().get("project");
  const { data } = useSuspenseQuery({
    ...trpc.rating.queues.queryOptions(),
    refetchOnMount: "always",
  });
  const { kept, conflicts } = useOutboxStatus();
  const queues = data.toSorted((one, other) => rank(other, wanted) - rank(one, wanted));
  const open = queues.reduce((sum, queue) => sum + queue.open, 0);
  const first = queues.find(isOpen);
  return (
    <>
      <h1 className="text-26">{headline(open)}</h1>
      {kept > 0 && conflicts.size === 0 ? (
        <p role="status" className="mt-2 text-13 text-warn">
          {kept} changes are kept in this browser and on their way; the counts follow.
        </p>
      ) : null}
      <div className="mt-2 empty:hidden">
        <RefusedWrites />
        <LeftOverVersions />
      </div>
      {queues.length === 0 ? (
        <EmptyState title="You are in no project yet.">
          Whoever runs one can send you an invitation link.
        </EmptyState>
      ) : null}
      <ul className="mt-6 divide-y divide-line border-y border-line">
        {queues.map((queue) => (
          <QueueRow key={queue.project} queue={queue} isFirst={queue === first} />
        ))}
      </ul>
    </>
  );
}

const rank = (queue: Queue, wanted: string | null): number =>
  (queue.project === wanted ? 2 : 0) + (isOpen(queue) ? 1 : 0);

function headline(open: number): string {
  if (open === 0) return "Nothing waits to be rated";
  return open === 1 ? "1 grid waits for you" : `${open} grids wait for you`;
}

function QueueRow({ queue, isFirst }: { queue: Queue; isFirst: boolean }) {
  const { done, open, later, name, refusal } = queue;
  const total = done + open;
  const canStart = isOpen(queue);
  const found = useWhatCame(queue.project, done > 0 && queue.role !== "expert");
  return (
    <li className="py-5">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-6">
        <div className="min-w-0">
          <h2 className="line-clamp-2 text-16 break-words">{name}</h2>
          <p className="small-print mt-1">{standing(queue)}</p>
          {canStart ? <p className="small-print mt-1">{nextWords(queue)}</p> : null}
          {queue.round?.closedReason ? (
            <p className="mt-1 text-12 text-warn">
              Round {queue.round.number} is closed: {queue.round.closedReason}
            </p>
          ) : null}
          {open > 0 && refusal ? <p className="mt-1 text-12 text-warn">{refusal}</p> : null}
          {queue.training ? (
            <TrainingOffer project={queue.project} training={queue.training} />
          ) : null}
        </div>
        {canStart ? <StartButton queue={queue} isFirst={isFirst} /> : null}
      </div>
      {total > 0 ? (
        <div className="mt-3 max-w-[420px]">
          <ProgressBar done={done} total={total} label={`${done} of ${total} grids rated`} />
        </div>
      ) : null}
      <div className="mt-3 flex flex-wrap items-baseline gap-x-8 gap-y-2 text-13">
        {later > 0 ? <LaterList later={later} putOff={queue.inHand.putOff} /> : null}
        {queue.paceMs === null ? null : (
          <span className="small-print">Your pace: {Math.round(queue.paceMs / 1000)} s a grid</span>
        )}
        <ProjectGuidelines project={queue.project} />
        {queue.lastDone.length > 0 ? <DoneList project={queue.project} /> : null}
        {found ? (
          <Link href={found.href} className="link">
            {found.words}
          </Link>
        ) : null}
      </div>
    </li>
  );
}

function standing({ done, open, lastDone }: Queue): string {
  const total = done + open;
  if (total === 0 && lastDone.length > 0) return "What you have rated is in closed rounds.";
  if (total === 0) return "No grids yet. They appear here as soon as their images are drawn.";
  if (open === 0) return `All ${total} rated. New grids appear here as their images are drawn.`;
  return `${done} of ${total} rated, ${open} open`;
}
