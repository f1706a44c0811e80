import { TriangleAlert } from "lucide-react";
import { Link } from "@/app/_ui/link";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { PatternDetail } from "@/server/mining/pattern-detail";

export type OverlapsProps = {
  project: string;
  proposed: PatternDetail["pattern"];
  overlaps: PatternDetail["overlaps"];
};

/** The proposed pattern beside those it may repeat, with the figures that say how much. */
export function Overlaps({ project, proposed, overlaps }: OverlapsProps) {
  if (overlaps.length === 0) {
    return (
      <section>
        <h2 className="mb-1">Overlap</h2>
        <p className="text-13 text-ink-2">
          None: no pattern has a like name or definition, and none has its example concepts.
        </p>
      </section>
    );
  }
  const likely = overlaps.filter(({ overlap }) => overlap.isLikely).length;
  return (
    <section>
      <h2 className="mb-1.5">
        {likely === 0
          ? "Nearest patterns"
          : `Overlaps with ${likely === 1 ? "1 pattern" : `${likely} patterns`}`}
      </h2>
      <Table
        label={`Patterns that ${proposed.name} may repeat`}
        head={
          <>
            <Th>Pattern</Th>
            <Th num>Name</Th>
            <Th num>Definition</Th>
            <Th num>Pairs</Th>
            <Th num>Concepts</Th>
          </>
        }
      >
        {overlaps.map(({ pattern, overlap }) => (
          <Tr key={pattern.id}>
            <Td>
              <p className="flex flex-wrap items-baseline gap-x-2">
                <Link
                  href={`/p/${project}/patterns/${pattern.id}`}
                  className="font-bold text-ink hover:underline"
                >
                  {pattern.name}
                </Link>
                {pattern.state === "approved" ? null : (
                  <span className="small-print">{pattern.state}</span>
                )}
                {overlap.isLikely ? (
                  <span className="inline-flex items-baseline gap-1 text-12 whitespace-nowrap text-warn">
                    <TriangleAlert aria-hidden className="size-3.5 self-center" /> Overlaps
                  </span>
                ) : null}
              </p>
              <p className="line-clamp-3 max-w-[48ch] small-print">{pattern.definition}</p>
            </Td>
            <Td num>{percent(overlap.name)}</Td>
            <Td num>{percent(overlap.definition)}</Td>
            <Td num className="whitespace-nowrap">
              {shared(overlap.pairs)}
            </Td>
            <Td num className="whitespace-nowrap">
              {shared(overlap.concepts)}
            </Td>
          </Tr>
        ))}
      </Table>
      <p className="mt-1.5 small-print">
        Name and definition: shared words or trigrams. Pairs and concepts: how many of the examples'
        the pattern has. Marked from 75 % name, 60 % definition, a third of the pairs, or more than
        half of the concepts.
      </p>
    </section>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const shared = ({ shared: count, of }: { shared: number; of: number }) =>
  of === 0 ? "–" : `${count} of ${of}`;
