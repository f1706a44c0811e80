"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { EmptyState } from "@/app/_ui/empty-state";
import { PairName } from "@/app/_ui/pair-name";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { GoldList } from "./gold";

export type GoldGridsProps = {
  project: string;
  grids: GoldList["grids"];
  onShow: (gridId: string) => void;
};

export function GoldGrids({ project, grids, onShow }: GoldGridsProps) {
  if (grids.length === 0) {
    return (
      <EmptyState title="No gold yet.">
        A full grid that all its raters have done can become gold.
      </EmptyState>
    );
  }
  return (
    <Table
      label="Gold and training grids"
      head={
        <>
          <Th>Pair</Th>
          <Th>Use</Th>
          <Th num>Times judged</Th>
          <Th num>As meant</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </>
      }
    >
      {grids.map((grid) => {
        const pair = `${grid.conceptA}, ${grid.conceptB}`;
        return (
          <Tr key={grid.gridId}>
            <Td>
              <PairName a={grid.conceptA} b={grid.conceptB} />
            </Td>
            <Td>
              {grid.use === "gold" ? "Gold" : "Training"}
              {grid.retiredAt ? <span className="small-print"> retired</span> : null}
            </Td>
            <Td num>{grid.sittings}</Td>
            <Td num>{share(grid)}</Td>
            <Td>
              <span className="flex justify-end gap-2">
                <Button
                  size={26}
                  aria-label={`Answers of ${pair}`}
                  onClick={() => onShow(grid.gridId)}
                >
                  Answers
                </Button>
                {grid.retiredAt ? null : (
                  <Retire project={project} gridId={grid.gridId} pair={pair} />
                )}
              </span>
            </Td>
          </Tr>
        );
      })}
    </Table>
  );
}

type RetireProps = { project: string; gridId: string; pair: string };

function Retire({ project, gridId, pair }: RetireProps) {
  const trpc = useTRPC();
  const { rating } = useTRPCClient();
  const queries = useQueryClient();
  return (
    <ConfirmDialog
      trigger="Retire …"
      triggerProps={{ size: 26, variant: "quiet" }}
      title={`Retire ${pair}?`}
      description="No rater is given it any more; who holds it may finish. Its figures stay, and saving its answers again brings it back."
      confirm="Retire"
      busy="Retiring"
      onConfirm={async () => {
        await rating.retireGold.mutate({ project, gridId });
        await queries.invalidateQueries(trpc.rating.gold.queryFilter({ project }));
      }}
    />
  );
}

/** Images flagged as broken are in neither number. */
export const share = ({ right, images }: { right: number; images: number }): string =>
  images === 0 ? "–" : `${right} of ${images} (${((100 * right) / images).toFixed(0)} %)`;
