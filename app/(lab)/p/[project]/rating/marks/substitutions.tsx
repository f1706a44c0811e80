"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { Substitution } from "@/server/rating/substitution-rate";

/** How often what nobody asked for took the place of what was: the claim of LC-Mis itself. */
export function Substitutions({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: rows } = useSuspenseQuery(trpc.rating.substitution.queryOptions({ project }));
  return (
    <section aria-label="Substitution" className="grid gap-2">
      <h2>Substitution</h2>
      {rows.length === 0 ? (
        <EmptyState title="Nobody was asked yet what each image shows.">
          Switch on "ask what is seen" in the settings, and the share of images where the third
          concept stands in for one that was asked for appears here.
        </EmptyState>
      ) : (
        <Table
          label="Substitution"
          head={
            <>
              <Th>Pattern</Th>
              <Th num>Revision</Th>
              <Th num>Images</Th>
              <Th num>Third in place of B</Th>
              <Th num>Third in place of A</Th>
            </>
          }
        >
          {rows.map((row) => (
            <Tr key={`${row.patternId} ${row.revisionId}`}>
              <Td>{row.pattern}</Td>
              <Td num>{row.revision}</Td>
              <Td num>{row.images}</Td>
              <Td num>{say(row.ofB)}</Td>
              <Td num>{say(row.ofA)}</Td>
            </Tr>
          ))}
        </Table>
      )}
      {rows.length > 0 ? (
        <p className="small-print">
          Of images; 95 % intervals (Wilson) take images as independent, which those of one pair are
          not.
        </p>
      ) : null}
    </section>
  );
}

function say(estimate: Substitution["ofA"]): string {
  if (!estimate) return "–";
  const percent = (share: number) => `${Math.round(share * 100)}`;
  return `${percent(estimate.share)} % (${percent(estimate.low)} to ${percent(estimate.high)})`;
}
