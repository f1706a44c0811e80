"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Key } from "@/app/_ui/key";
import { PageHead } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";
import type { AppRouter } from "@/server/trpc/router";
import { SettledGrids } from "../../_settled/settled-grids";
import { GoldDialog } from "./gold-dialog";
import { GoldGrids } from "./gold-grids";
import { MeasuredRaters } from "./measured-raters";

// The drawing library is loaded with the plot and with nothing else.
const GoldTurns = dynamic(() => import("./gold-turns").then((found) => found.GoldTurns), {
  ssr: false,
  loading: () => <Skeleton className="h-40 w-full" />,
});

export type GoldList = inferRouterOutputs<AppRouter>["rating"]["gold"];

/** Grids whose answers are known: gold measures raters in silence, training teaches them. */
export function Gold({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.rating.gold.queryOptions({ project }));
  const [isPicking, setIsPicking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <PageHead
        title={titleOf(data.grids)}
        sub="Gold comes to raters as one grid in 20 and is never told; training tells after each grid how it was meant. Neither has a Level."
        actions={
          <Button variant="primary" onClick={() => setIsPicking(true)}>
            Make gold …
          </Button>
        }
      />
      <div className="grid gap-8">
        <GoldGrids project={project} grids={data.grids} onShow={setShown} />
        {data.grids.length > 0 ? <MeasuredRaters raters={data.raters} /> : null}
        {data.turns.length > 1 ? <GoldTurns project={project} turns={data.turns} /> : null}
      </div>
      {isPicking ? (
        <Dialog
          open
          onOpenChange={() => setIsPicking(false)}
          title="Make gold of a settled grid"
          description="Its answers are what its raters, or who settled it, said; you can change them in the next step."
          width={760}
        >
          <SettledGrids
            project={project}
            act="Look at its answers"
            isOffered={({ gold }) => gold === null}
            onChoose={(gridId) => {
              setIsPicking(false);
              setShown(gridId);
            }}
          />
          <DialogActions>
            <Button variant="quiet" onClick={() => setIsPicking(false)}>
              Back <Key>Esc</Key>
            </Button>
          </DialogActions>
        </Dialog>
      ) : null}
      {shown ? (
        <GoldDialog project={project} gridId={shown} onClose={() => setShown(null)} />
      ) : null}
    </>
  );
}

function titleOf(grids: GoldList["grids"]): string {
  const standing = grids.filter(({ retiredAt }) => retiredAt === null);
  if (standing.length === 0) return "No grid measures or teaches yet";
  const gold = standing.filter(({ use }) => use === "gold").length;
  return `${gold} gold, ${standing.length - gold} training`;
}
