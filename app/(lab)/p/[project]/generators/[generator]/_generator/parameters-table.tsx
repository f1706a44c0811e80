import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { methodTitle, offeredMethod } from "@/server/generation/domain/method/method-title";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import type { ShownGenerator } from "@/server/generation/show-generator";
import { drawnByExactly } from "../../../_generators/drawn-by-words";
import type { RevisionsProps } from "./figures-table";
import { trainingWords } from "./training-words";

type Props = RevisionsProps & { endpoints: readonly ListedEndpoint[] };

/** What each revision says, and in the older ones what was different. */
export function ParametersTable({ revisions, endpoints }: Props) {
  return (
    <Table
      label="What its revisions say"
      head={
        <>
          <Th>Revision</Th>
          <Th>Endpoint and method</Th>
          <Th>Parameters and settings</Th>
        </>
      }
    >
      {revisions.map((revision, i) => (
        <Tr key={revision.id}>
          <Td className="align-top">{revision.number}</Td>
          <Td className="align-top">
            {revision.endpointName}, {methodTitle(endpoints, revision)}
            <p className="small-print max-w-[52ch]">{drawnByExactly(revision.drawnBy)}</p>
            {revision.training ? (
              <p className="small-print max-w-[52ch]">{trainingWords(revision.training)}</p>
            ) : null}
          </Td>
          <Td className="align-top">{saidOf(revision, revisions[i + 1], endpoints)}</Td>
        </Tr>
      ))}
    </Table>
  );
}

type Revision = ShownGenerator["revisions"][number];

/** All of the first one, and of each later one what it changed. */
function saidOf(revision: Revision, before: Revision | undefined, endpoints: Props["endpoints"]) {
  const titles = offeredMethod(endpoints, revision)?.parameters?.properties;
  const now = partsOf(revision);
  const then = before && before.method === revision.method ? partsOf(before) : {};
  const changed = Object.entries(now).filter(([name, text]) => then[name] !== text);
  if (changed.length === 0) return <span className="small-print">as before</span>;
  return changed.map(([name, text]) => (
    <span key={name} className="mr-3 inline-block">
      <span className="small-print">{titles?.[name]?.title ?? name} </span>
      {text}
    </span>
  ));
}

function partsOf({ parameters }: Revision): Record<string, string> {
  if (!parameters) return {};
  const { method_params, ...settings } = parameters;
  return Object.fromEntries(
    Object.entries({ ...method_params, ...settings }).map(([name, value]) => [
      name,
      wordsOf(value),
    ]),
  );
}

const wordsOf = (value: unknown): string => {
  if (value === null || value === "") return "left to the endpoint";
  return typeof value === "string" ? value : JSON.stringify(value).slice(0, 200);
};
