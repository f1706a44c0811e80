import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import type { StoppedLook } from "@/server/generation/list-looks";
import { DrawAgain } from "./draw-again";
import { LookName } from "./look-name";
import { PrecheckButton } from "./precheck-button";
import type { Looking } from "./use-looks";

export type NoLookProps = { project: string; looking: Looking };

/** Nothing to judge: what is under way, what stopped, and where looks come from. */
export function NoLook({ project, looking: { data } }: NoLookProps) {
  const trpc = useTRPC();
  const { data: counts } = useSuspenseQuery(trpc.generation.countLooks.queryOptions({ project }));
  return (
    <div className="overflow-auto px-7 pt-4">
      <h1>{data.drawing > 0 ? "The next looks are being drawn" : "Nothing waits for a look"}</h1>
      <EmptyState
        title={titleOf(data.drawing)}
        actions={
          <>
            {counts.unseen > 0 ? (
              <PrecheckButton project={project} pairs={counts.unseen} variant="primary" />
            ) : null}
            <ButtonLink href={`/p/${project}/pairs`}>See all pairs</ButtonLink>
            {data.drawing > 0 ? (
              <ButtonLink href={`/p/${project}/runs`}>See the runs</ButtonLink>
            ) : null}
          </>
        }
      >
        A pre-check draws four images of a pair by nothing but its two words: a pair that comes out
        plainly fine needs no grid of 20. Whether a generator can draw A and B alone is asked on the
        pair’s own page.
      </EmptyState>
      {data.stopped.length > 0 ? <Stopped project={project} stopped={data.stopped} /> : null}
    </div>
  );
}

function titleOf(drawing: number): string {
  if (drawing === 0) return "No look is being drawn either.";
  return drawing === 1 ? "1 look is being drawn." : `${drawing} looks are being drawn.`;
}

type StoppedProps = { project: string; stopped: readonly StoppedLook[] };

function Stopped({ project, stopped }: StoppedProps) {
  return (
    <section aria-label="Looks that were not drawn" className="panel max-w-[760px]">
      <ul className="divide-y divide-line">
        {stopped.map((look) => (
          <li key={look.id} className="flex items-center gap-4 px-3.5 py-2">
            <span className="min-w-0 flex-1">
              {look.pairId ? (
                <Link href={`/p/${project}/pairs/${look.pairId}`} className="hover:underline">
                  <LookName look={look} />
                </Link>
              ) : (
                <LookName look={look} />
              )}
              <span className="block text-ink-2">{look.reason}</span>
            </span>
            <DrawAgain project={project} look={look} />
          </li>
        ))}
      </ul>
    </section>
  );
}
