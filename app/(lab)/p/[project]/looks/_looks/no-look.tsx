import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PrecheckButton } from "./precheck-button";
import { StoppedLooks } from "./stopped-looks";
import type { Looking } from "./use-looks";

export type NoLookProps = { project: string; looking: Looking };

/** Nothing to judge: what is under way, what stopped, and where looks come from. */
export function NoLook({ project, looking: { data } }: NoLookProps) {
  const trpc = useTRPC();
  const { data: counts } = useSuspenseQuery(trpc.generation.countLooks.queryOptions({ project }));
  return (
    <div className="overflow-auto px-7 pt-4 max-md:px-4">
      <h1>{headOf(data)}</h1>
      <EmptyState
        title={titleOf(data.drawing)}
        actions={
          <>
            {counts.unseen > 0 ? (
              <PrecheckButton
                project={project}
                pairs={counts.unseen}
                rendersLeft={counts.rendersLeft}
                variant="primary"
              />
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
      {data.stopped.length > 0 ? (
        <div className="panel max-w-[760px]">
          <StoppedLooks project={project} stopped={data.stopped} />
        </div>
      ) : null}
    </div>
  );
}

function headOf({ drawing, stopped }: Looking["data"]): string {
  if (stopped.length > 0)
    return stopped.length === 1 ? "1 look was not drawn" : "Some looks were not drawn";
  return drawing > 0 ? "The next looks are being drawn" : "Nothing waits for a look";
}

function titleOf(drawing: number): string {
  if (drawing === 0) return "No look is being drawn either.";
  return drawing === 1 ? "1 look is being drawn." : `${drawing} looks are being drawn.`;
}
