"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { AppRouter } from "@/server/trpc/router";
import { WaitingGrids } from "./_waiting/waiting-grids";
import { LevelCheck } from "./level-check";
import { WithoutRater } from "./without-rater";

type Shown = inferRouterOutputs<AppRouter>["rating"]["progress"];

/** How far each round is and who rates in it, as it happens. Raters see nothing of this. */
export function Progress({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(trpc.rating.progress.queryOptions({ project }));
  useLive(project, (event) => {
    if (event !== "resync" && event.topic !== "grid" && event.topic !== "round") return;
    void queries.invalidateQueries(trpc.rating.progress.queryFilter({ project }));
    void queries.invalidateQueries(trpc.rating.withoutRater.queryFilter({ project }));
    void queries.invalidateQueries(trpc.rating.openGrids.pathFilter());
    void queries.invalidateQueries(trpc.rating.keptSeats.pathFilter());
  });
  return (
    <>
      <PageHead title={titleOf(data.rounds)} />
      <div className="grid gap-8">
        <WithoutRater project={project} />
        <LevelCheck project={project} check={data.levelCheck} />
        {data.rounds.map((round) => (
          <RoundProgress
            key={round.number}
            round={round}
            raters={data.raters.filter((rater) => rater.round === round.number)}
          />
        ))}
        <WaitingGrids project={project} />
      </div>
    </>
  );
}

type RoundProgressProps = { round: Shown["rounds"][number]; raters: Shown["raters"] };

function RoundProgress({ round, raters }: RoundProgressProps) {
  const { number, closedReason, seatsOpen, seatsDone, gridsOpen, gridsClosed } = round;
  const seats = seatsOpen + seatsDone;
  return (
    <section aria-label={`Round ${number}`} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2>
          Round {number}
          {closedReason === null ? "" : ", closed"}
        </h2>
        <span className="text-13 text-ink-2">
          {seatsDone} of {seats} seats done; {gridsClosed} of {gridsOpen + gridsClosed} grids
          complete
        </span>
        {seats > 0 ? (
          <span className="w-[320px]">
            <ProgressBar
              done={seatsDone}
              total={seats}
              label={`${seatsDone} of ${seats} seats of round ${number}`}
            />
          </span>
        ) : null}
      </div>
      {raters.length === 0 ? (
        <EmptyState title="Nobody has rated in this round yet.">
          Each rater appears here with the first grid that is submitted.
        </EmptyState>
      ) : (
        <Raters raters={raters} label={`Raters of round ${number}`} />
      )}
    </section>
  );
}

function Raters({ raters, label }: { raters: Shown["raters"]; label: string }) {
  return (
    <Table
      label={label}
      head={
        <>
          <Th>Rater</Th>
          <Th num>Grids</Th>
          <Th num>Seconds a grid, active</Th>
          <Th num>painted to submitted</Th>
          <Th num>Hours</Th>
          <Th num>Silent repeats</Th>
          <Th num>Gold</Th>
          <Th num>Cannot judge</Th>
          <Th num>Late</Th>
          <Th>Last submitted</Th>
        </>
      }
    >
      {raters.map((rater) => (
        <Tr key={rater.raterId}>
          <Td>
            {rater.rater}
            {rater.isSimulated ? <span className="small-print"> simulated</span> : null}
          </Td>
          <Td num>{rater.seats}</Td>
          <Td num>{rater.paceSeconds ?? "–"}</Td>
          <Td num>{rater.wallSeconds ?? "–"}</Td>
          <Td num>{(rater.activeMs / 3_600_000).toFixed(1)}</Td>
          <Td num>{rater.repeats}</Td>
          <Td num>{rater.gold}</Td>
          <Td num>{rater.cannotJudge}</Td>
          <Td num>{rater.extra}</Td>
          <Td>{rater.lastSeen ? <TimeAgo at={rater.lastSeen} /> : "–"}</Td>
        </Tr>
      ))}
    </Table>
  );
}

function titleOf(rounds: Shown["rounds"]): string {
  const open = rounds.reduce((sum, round) => sum + round.seatsOpen, 0);
  const done = rounds.reduce((sum, round) => sum + round.seatsDone, 0);
  if (open + done === 0) return "No grid to rate yet";
  return open === 0 ? `All ${done} seats are done` : `${done} of ${open + done} seats done`;
}
