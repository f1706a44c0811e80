"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PairName } from "@/app/_ui/pair-name";
import { ShowMore } from "@/app/_ui/show-more";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { OpenGrid } from "@/server/rating/list-open-grids";
import { AssignDialog } from "./assign-dialog";
import { PriorityDialog } from "./priority-dialog";

type Layer = "assign" | "priority" | null;

/** Grids that wait for raters, in the order in which they are handed out. */
export function WaitingGrids({ project }: { project: string }) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [layer, setLayer] = useState<Layer>(null);
  const list = useSuspenseInfiniteQuery(
    trpc.rating.openGrids.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { data } = list;
  const rows = data.pages.flatMap((page) => page.rows);
  const picked = rows.filter(({ gridId }) => chosen.has(gridId));
  const pairIds = [...new Set(picked.map(({ pairId }) => pairId))];
  const none = picked.length === 0 && "Choose grids first.";
  const close = () => setLayer(null);
  const choose = (all: readonly OpenGrid[]) => setChosen(new Set(all.map(({ gridId }) => gridId)));
  const toggle = (gridId: string) => {
    const next = new Set(chosen);
    if (!next.delete(gridId)) next.add(gridId);
    setChosen(next);
  };
  return (
    <section aria-label="Waiting grids" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2>Waiting grids, in the order they are handed out</h2>
        {rows.length > 0 ? (
          <>
            <Button size={26} notReady={none} onClick={() => setLayer("assign")}>
              Keep for raters …
            </Button>
            <Button size={26} notReady={none} onClick={() => setLayer("priority")}>
              Priority …
            </Button>
          </>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <EmptyState title="No grid waits.">Drawn grids stand here until they are rated.</EmptyState>
      ) : (
        <GridTable rows={rows} chosen={chosen} onToggle={toggle} onChoose={choose} />
      )}
      <ShowMore list={list} />
      {layer === "assign" ? (
        <AssignDialog project={project} pairIds={pairIds} onClose={close} />
      ) : null}
      {layer === "priority" ? (
        <PriorityDialog project={project} pairIds={pairIds} onClose={close} />
      ) : null}
    </section>
  );
}

type GridTableProps = {
  rows: readonly OpenGrid[];
  chosen: ReadonlySet<string>;
  onToggle: (gridId: string) => void;
  onChoose: (rows: readonly OpenGrid[]) => void;
};

function GridTable({ rows, chosen, onToggle, onChoose }: GridTableProps) {
  return (
    <Table
      label="Waiting grids"
      head={
        <>
          <Th className="w-8 pr-0">
            <input
              type="checkbox"
              aria-label="Choose all that are shown"
              className="block size-4 accent-accent"
              checked={rows.every(({ gridId }) => chosen.has(gridId))}
              onChange={({ target }) => onChoose(target.checked ? rows : [])}
            />
          </Th>
          <Th>Pair</Th>
          <Th num>Round</Th>
          <Th num>Priority</Th>
          <Th num>Seats done</Th>
          <Th>Kept for</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Tr key={row.gridId} aria-selected={chosen.has(row.gridId)}>
          <Td className="pr-0">
            <input
              type="checkbox"
              aria-label={`Choose ${row.conceptA}, ${row.conceptB}`}
              className="block size-4 accent-accent"
              checked={chosen.has(row.gridId)}
              onChange={() => onToggle(row.gridId)}
            />
          </Td>
          <Td>
            <PairName a={row.conceptA} b={row.conceptB} />
          </Td>
          <Td num>{row.round}</Td>
          <Td num>{row.priority}</Td>
          <Td num>
            {row.seatsDone} of {row.seatsDone + row.seatsOpen}
          </Td>
          <Td>{row.keptFor.join(", ") || "–"}</Td>
        </Tr>
      ))}
    </Table>
  );
}
