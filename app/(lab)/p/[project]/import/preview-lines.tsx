import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { ImportPreview } from "@/server/import/preview-import";

type Line = ImportPreview["lines"][number];

const LOOK = {
  add: { kind: "done", word: "Will be added" },
  prompt: { kind: "done", word: "Will be added" },
  addTo: { kind: "done", word: "Added to the pair you have" },
  duplicate: { kind: "info", word: "Duplicate, left out" },
  wrong: { kind: "failed", word: "Wrong" },
} as const;

/** Every line of the file with what happens to it and why. */
export function PreviewLines({ preview }: { preview: ImportPreview }) {
  const { lines, hidden } = preview;
  if (lines.length === 0) return null;
  return (
    <div className="mt-3">
      <Table
        label="Lines"
        head={
          <>
            <Th num>Line</Th>
            <Th>What happens</Th>
            <Th>A</Th>
            <Th>B</Th>
            <Th>Expected instead</Th>
            <Th>Pattern</Th>
            <Th num>Prompts</Th>
            <Th num>Images</Th>
            <Th>Reported</Th>
            <Th>Why</Th>
          </>
        }
      >
        {lines.map((line) => (
          <LineRow key={line.line} line={line} />
        ))}
      </Table>
      {hidden > 0 ? (
        <p className="small-print mt-2">
          {hidden} more lines like these; what is wrong or repeated is shown first.
        </p>
      ) : null}
    </div>
  );
}

const isAddedTo = ({ outcome, reported, images }: Line) =>
  outcome === "duplicate" && (reported.length > 0 || images > 0);

function LineRow({ line }: { line: Line }) {
  const look = LOOK[isAddedTo(line) ? "addTo" : line.outcome];
  return (
    <Tr>
      <Td num>{line.line}</Td>
      <Td>
        <StateLabel kind={look.kind}>{look.word}</StateLabel>
      </Td>
      {line.text === null ? (
        <>
          <Td className="text-ink">
            <Cut text={line.a} />
          </Td>
          <Td className="text-ink">
            <Cut text={line.b} />
          </Td>
          <Td>
            <Cut text={line.latent} />
          </Td>
        </>
      ) : (
        <Td colSpan={3} className="text-ink">
          <Cut text={line.text} />
        </Td>
      )}
      <Td>
        <Cut text={line.pattern} />
      </Td>
      <Td num>{line.prompts || ""}</Td>
      <Td num>{line.images || ""}</Td>
      <Td className="whitespace-nowrap">{line.reported.map(reportedWords).join("; ")}</Td>
      <Td className="wrap-anywhere">{line.note}</Td>
    </Tr>
  );
}

/** What a file says may be of any length; all of it is in the title. */
function Cut({ text }: { text: string | null }) {
  return (
    <span title={text ?? undefined} className="block max-w-[22ch] truncate">
      {text}
    </span>
  );
}

function reportedWords({ level, correct, rated, generator }: Line["reported"][number]): string {
  const count = correct === null ? null : `${correct} of ${rated}`;
  const parts = [level === null ? null : `Level ${level}`, count, generator ?? "generator unknown"];
  return parts.filter(Boolean).join(", ");
}
