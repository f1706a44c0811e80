import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { LevelCheckShown } from "@/server/rating/show-progress";

type Props = { project: string; check: LevelCheckShown | null };

/** Whether Levels are still what their verdicts say. A difference is shown and left: a person finds out why. */
export function LevelCheck({ project, check }: Props) {
  if (!check) return null;
  if (check.drift.length === 0) {
    return (
      <p className="small-print">
        Every Level was reckoned again from its verdicts <TimeAgo at={check.at} />; none differs.
      </p>
    );
  }
  return (
    <section aria-labelledby="level-check" className="grid gap-2">
      <h2 id="level-check">Levels that do not follow from their verdicts</h2>
      <StateLabel kind="near-limit" className="text-13">
        <span className="whitespace-normal">
          Found <TimeAgo at={check.at} />. Nothing was changed: look at the grid, and tell whoever
          runs this instance.
        </span>
      </StateLabel>
      <Table
        label="Levels that do not follow from their verdicts"
        head={
          <>
            <Th>Grid</Th>
            <Th>Kept</Th>
            <Th>Follows from the verdicts</Th>
          </>
        }
      >
        {check.drift.map(({ gridId, kept, follows }) => (
          <Tr key={gridId}>
            <Td>
              <Link className="link" href={`/p/${project}/rating/adjudication/${gridId}`}>
                {gridId.slice(-8)}
              </Link>
            </Td>
            <Td>{kept.join("; ") || "nothing"}</Td>
            <Td>{follows.join("; ") || "nothing"}</Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
}
