import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { Failures } from "@/server/generation/figures/read-figures";
import type { RevisionsProps } from "./figures-table";

/** Attempts that failed, by kind, each with the last sentence of its kind. */
export function FailuresTable({ revisions }: RevisionsProps) {
  const rows = revisions.flatMap(({ id, number, failures }) =>
    failures.map((failure) => ({
      key: `${id} ${failure.outcome} ${failure.kind}`,
      number,
      failure,
    })),
  );
  if (rows.length === 0) return <p className="small-print">No attempt has failed.</p>;
  return (
    <Table
      label="Failures"
      head={
        <>
          <Th>Revision</Th>
          <Th>Failure</Th>
          <Th num>Attempts</Th>
          <Th>The last one said</Th>
          <Th>When</Th>
        </>
      }
    >
      {rows.map(({ key, number, failure }) => (
        <Tr key={key}>
          <Td>{number}</Td>
          <Td>{kindWords(failure)}</Td>
          <Td num>{failure.count.toLocaleString("en-GB")}</Td>
          <Td>{failure.lastReason ?? "–"}</Td>
          <Td>
            <TimeAgo at={failure.lastAt} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function kindWords({ outcome, kind }: Failures): string {
  if (outcome === "expired") return "Its bridge went away";
  if (kind === "filtered") return "A filter took images: no failure of the model";
  if (kind === "outdated") return "Its endpoint draws otherwise by now: a new revision helps";
  if (kind === "permanent") return "For good: asking again is no use";
  return kind === "retryable" ? "Tried again" : "Of before kinds were kept";
}
