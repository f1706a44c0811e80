import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { PatternDetail } from "@/server/mining/pattern-detail";

export type ExamplesProps = {
  project: string;
  examples: PatternDetail["examples"];
  isProposed: boolean;
};

/** The pairs it came with, and what becomes of each with an approval. */
export function Examples({ project, examples, isProposed }: ExamplesProps) {
  const seeds = examples.filter(({ isSeed }) => isSeed).length;
  return (
    <section>
      <h2 className="mb-1.5">{seeds > 0 ? `${seeds} of your seeds` : "Example pairs"}</h2>
      {isProposed ? (
        <p className="mb-1.5 small-print">
          {seeds > 0
            ? "Approving the pattern moves these seeds into it."
            : "Approving the pattern makes the new ones proposals, which then wait for your review."}
        </p>
      ) : null}
      <Table
        label="Example pairs"
        head={
          <>
            <Th>Pair</Th>
            <Th>In the project</Th>
          </>
        }
      >
        {examples.map((example) => (
          <Tr key={`${example.a} × ${example.b}`}>
            <Td>
              <PairName a={example.a} b={example.b} latent={example.latent} />
            </Td>
            <Td>
              {example.known ? (
                <Link href={`/p/${project}/pairs/${example.known.id}`} className="link">
                  {example.known.pattern}
                </Link>
              ) : (
                <span className="text-ink-3">New</span>
              )}
            </Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
}
