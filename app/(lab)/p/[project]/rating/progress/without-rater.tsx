import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { many } from "../../_board/board-words";

/** Grids that would wait for ever, and what ends that; nothing where there are none. */
export function WithoutRater({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.rating.withoutRater.queryOptions({ project }));
  const { total, rows } = data;
  if (total === 0) return null;
  const most = Math.max(...rows.map(({ seatsFree }) => seatsFree));
  const waits = total === 1 ? "1 grid waits" : `${total.toLocaleString("en-GB")} grids wait`;
  return (
    <section aria-labelledby="without-rater" className="grid gap-2">
      <h2 id="without-rater">{waits} for a rater who does not exist</h2>
      <StateLabel kind="near-limit" className="text-13">
        <span className="whitespace-normal">
          Every member has judged {total === 1 ? "it" : "them"}, or could not. Invite{" "}
          {many(most, "more rater", "more raters")} on{" "}
          <Link className="link" href={`/p/${project}/members`}>
            Members
          </Link>
          ; fewer raters for the grids to come are set in{" "}
          <Link className="link" href={`/p/${project}/settings`}>
            Project settings
          </Link>
          .
        </span>
      </StateLabel>
      <Table
        label="Grids without a rater"
        head={
          <>
            <Th>Pair</Th>
            <Th>Generator</Th>
            <Th num>Round</Th>
            <Th num>Seats done</Th>
            <Th num>Raters it lacks</Th>
          </>
        }
      >
        {rows.map((row) => (
          <Tr key={row.gridId}>
            <Td>
              <Link className="link" href={`/p/${project}/pairs/${row.pairId}`}>
                <PairName a={row.conceptA} b={row.conceptB} />
              </Link>
            </Td>
            <Td>
              {row.generator}, revision {row.revision}
            </Td>
            <Td num>{row.round}</Td>
            <Td num>{row.seatsDone}</Td>
            <Td num>{row.seatsFree}</Td>
          </Tr>
        ))}
      </Table>
      {rows.length < total ? (
        <p className="small-print">The first {rows.length} are shown.</p>
      ) : null}
    </section>
  );
}
