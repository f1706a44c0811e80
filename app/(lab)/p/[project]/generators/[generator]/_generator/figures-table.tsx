import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { ShownGenerator } from "@/server/generation/show-generator";
import { type Figure, figuresOf } from "./figure-words";

export type RevisionsProps = { revisions: ShownGenerator["revisions"] };

/** What each revision drew, how fast and at what price; a dash says why a figure is not known. */
export function FiguresTable({ revisions }: RevisionsProps) {
  return (
    <section className="grid gap-1.5">
      <Table
        label="What its revisions drew"
        head={
          <>
            <Th>Revision</Th>
            <Th num>Images</Th>
            <Th num>in the last hour</Th>
            <Th num>Images an hour</Th>
            <Th num>s an image, p50</Th>
            <Th num>p95</Th>
            <Th num>Evals an image</Th>
            <Th num>Price an image</Th>
          </>
        }
      >
        {revisions.map(({ id, number, figures }) => {
          const told = figuresOf(figures);
          return (
            <Tr key={id}>
              <Td>{number}</Td>
              {told.map((figure) => (
                <Td key={figure.key} num>
                  <FigureText figure={figure} />
                </Td>
              ))}
            </Tr>
          );
        })}
      </Table>
      <p className="small-print">
        Counted over the newest 2,000 renders of a revision. Images an hour: of the time in which it
        drew. Price: what an admin said that the endpoint charges for an image, and measured seconds
        at the price of its hour, in your currency.
      </p>
    </section>
  );
}

function FigureText({ figure }: { figure: Figure }) {
  if (figure.text !== null) return figure.text;
  return (
    <span className="small-print" title={figure.why}>
      – <span className="whitespace-nowrap">{figure.why}</span>
    </span>
  );
}
