"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { PageHead } from "@/app/_ui/page-head";
import { PairName } from "@/app/_ui/pair-name";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { MarkedGrid, Marks as MarksOf } from "@/server/rating/list-marks";
import { marksTitle } from "./marks-title";
import { Substitutions } from "./substitutions";

/** What is worth a second thought in how grids were judged. Nothing is excluded by a mark. */
export function Marks({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: marks } = useSuspenseQuery(trpc.rating.marks.queryOptions({ project }));
  return (
    <div className="grid gap-8">
      <section aria-label="Marks">
        <PageHead
          title={marksTitle(marks)}
          sub="A mark is a hint for you: no verdict is dropped, and raters do not see it."
        />
        {marks.uniform.length > 0 ? (
          <p className="mb-3 text-13">
            All images of one verdict far more often than the other raters:{" "}
            {marks.uniform.map(({ rater }) => rater).join(", ")}.
          </p>
        ) : null}
        <MarkedGrids project={project} marks={marks} />
      </section>
      <Substitutions project={project} />
    </div>
  );
}

function MarkedGrids({ project, marks }: { project: string; marks: MarksOf }) {
  if (marks.grids.length === 0) {
    return (
      <EmptyState title="No grid is marked.">
        Grids judged in under 0.4 s an image, or with more changes than 95 of 100, stand here.
      </EmptyState>
    );
  }
  return (
    <Table
      label="Marked grids"
      head={
        <>
          <Th>Pair</Th>
          <Th>Rater</Th>
          <Th>Mark</Th>
          <Th num>Seconds an image</Th>
          <Th num>Changes</Th>
        </>
      }
    >
      {marks.grids.map((grid) => (
        <Tr key={grid.sittingId}>
          <Td>
            <Link className="hover:underline" href={`/p/${project}/pairs/${grid.pairId}`}>
              <PairName a={grid.conceptA} b={grid.conceptB} />
            </Link>
          </Td>
          <Td>{grid.rater}</Td>
          <Td>{grid.marks.map((mark) => sayMark(mark, marks.restlessAbove)).join(", ")}</Td>
          <Td num>{grid.msPerImage === null ? "–" : (grid.msPerImage / 1000).toFixed(1)}</Td>
          <Td num>{grid.changes}</Td>
        </Tr>
      ))}
    </Table>
  );
}

const sayMark = (mark: MarkedGrid["marks"][number], limit: number | null): string =>
  mark === "fast" ? "under 0.4 s an image" : `more than ${limit ?? "usual"} changes`;
