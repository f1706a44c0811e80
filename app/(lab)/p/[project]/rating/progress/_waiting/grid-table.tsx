import { PairName } from "@/app/_ui/pair-name";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { OpenGrid } from "@/server/rating/list-open-grids";

export type GridTableProps = {
  rows: readonly OpenGrid[];
  chosen: ReadonlySet<string>;
  onChoose: (gridIds: ReadonlySet<string>) => void;
};

export function GridTable({ rows, chosen, onChoose }: GridTableProps) {
  const toggle = (gridId: string) =>
    onChoose(
      new Set(chosen.has(gridId) ? [...chosen].filter((id) => id !== gridId) : [...chosen, gridId]),
    );
  const chooseAll = (isChosen: boolean) =>
    onChoose(new Set(isChosen ? rows.map(({ gridId }) => gridId) : []));
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
              onChange={({ target }) => chooseAll(target.checked)}
            />
          </Th>
          <Th>Pair</Th>
          <Th>Generator</Th>
          <Th num>Round</Th>
          <Th num>Priority</Th>
          <Th num>Seats done</Th>
          <Th>Kept for</Th>
        </>
      }
    >
      {rows.map((row) => (
        <GridRow
          key={row.gridId}
          row={row}
          isChosen={chosen.has(row.gridId)}
          onToggle={() => toggle(row.gridId)}
        />
      ))}
    </Table>
  );
}

type GridRowProps = { row: OpenGrid; isChosen: boolean; onToggle: () => void };

function GridRow({ row, isChosen, onToggle }: GridRowProps) {
  return (
    <Tr aria-selected={isChosen}>
      <Td className="pr-0">
        <input
          type="checkbox"
          aria-label={`Choose ${row.conceptA}, ${row.conceptB}`}
          className="block size-4 accent-accent"
          checked={isChosen}
          onChange={onToggle}
        />
      </Td>
      <Td>
        <PairName a={row.conceptA} b={row.conceptB} />
      </Td>
      <Td>
        {row.generator}, revision {row.revision}
      </Td>
      <Td num>{row.round}</Td>
      <Td num>{row.priority}</Td>
      <Td num>
        {row.seatsDone} of {row.seatsDone + row.seatsOpen}
      </Td>
      <Td>{row.kept.map(({ rater }) => rater).join(", ") || "–"}</Td>
    </Tr>
  );
}
