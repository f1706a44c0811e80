"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { PrecheckButton } from "../../looks/_looks/precheck-button";

const many = (pairs: number) => (pairs === 1 ? "1 pair" : `${pairs} pairs`);

/** How far accepted pairs are on their way to a first look; nothing when none is. */
export function FirstLooks({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(trpc.generation.countLooks.queryOptions({ project }));
  useLive(project, (event) => {
    if (event !== "resync" && !["look", "pair", "run"].includes(event.topic)) return;
    void queries.invalidateQueries(trpc.generation.countLooks.pathFilter());
  });
  const { unseen, drawing, failed, toLook } = data;
  if (unseen + drawing + failed + toLook === 0) return null;
  return (
    <section
      aria-label="First looks"
      className="panel mb-3 flex items-center gap-x-4 gap-y-2 px-3.5 py-2 max-md:flex-wrap [&>*]:shrink-0 max-md:[&>*]:shrink"
    >
      {toLook > 0 ? <StateLabel kind="waits">{many(toLook)} to look at</StateLabel> : null}
      {drawing > 0 ? (
        <StateLabel kind="rendering">{many(drawing)} being drawn for a first look</StateLabel>
      ) : null}
      {failed > 0 ? (
        <StateLabel kind="failed">
          <Link href={`/p/${project}/looks#failed`} className="underline underline-offset-2">
            {failed} failed
          </Link>
        </StateLabel>
      ) : null}
      {unseen > 0 ? (
        <span>
          <b>{many(unseen)}</b> accepted without a first look: four images each say which are
          plainly fine.
        </span>
      ) : null}
      <span className="ml-auto flex items-center gap-2 max-md:ml-0 max-md:flex-wrap">
        {unseen > 0 ? (
          <PrecheckButton
            project={project}
            pairs={unseen}
            rendersLeft={data.rendersLeft}
            size={26}
          />
        ) : null}
        {toLook > 0 ? (
          <ButtonLink size={26} href={`/p/${project}/looks`}>
            Look at them
          </ButtonLink>
        ) : null}
      </span>
    </section>
  );
}
