import { EmptyState } from "@/app/_ui/empty-state";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { GoldList } from "./gold";
import { share } from "./gold-grids";

/** How each rater did, gold and training apart: who is being taught is not being measured. */
export function MeasuredRaters({ raters }: { raters: GoldList["raters"] }) {
  return (
    <section aria-label="Raters" className="grid gap-3">
      <h2>How raters did</h2>
      {raters.length === 0 ? (
        <EmptyState title="Nobody has judged one yet.">
          Raters stand here with the first gold or training grid that they submit.
        </EmptyState>
      ) : (
        <Table
          label="How raters did"
          head={
            <>
              <Th>Rater</Th>
              <Th>On</Th>
              <Th num>Grids</Th>
              <Th num>Images as meant</Th>
            </>
          }
        >
          {raters.map((rater) => (
            <Tr key={`${rater.raterId} ${rater.use}`}>
              <Td>{rater.rater}</Td>
              <Td>{rater.use === "gold" ? "Gold" : "Training"}</Td>
              <Td num>{rater.grids}</Td>
              <Td num>{share(rater)}</Td>
            </Tr>
          ))}
        </Table>
      )}
    </section>
  );
}
