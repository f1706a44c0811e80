import { Download } from "lucide-react";
import { buttonClass } from "@/app/_ui/button-class";
import { EmptyState } from "@/app/_ui/empty-state";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { ListedExport } from "@/server/release/list-exports";
import { bytesWords } from "./words";

export type PastExportsProps = { exports: readonly ListedExport[] };

export function PastExports({ exports }: PastExportsProps) {
  return (
    <section>
      <h2 className="mb-2">Exports</h2>
      {exports.length === 0 ? (
        <EmptyState title="Nothing was exported yet.">
          Press Export: the zip is written in the background and stays here for download.
        </EmptyState>
      ) : (
        <Table
          label="Exports"
          head={
            <>
              <Th>Asked for</Th>
              <Th>State</Th>
              <Th num>Size</Th>
              <Th>SHA-256</Th>
              <Th>
                <span className="sr-only">Download</span>
              </Th>
            </>
          }
        >
          {exports.map((item) => (
            <ExportRow key={item.id} item={item} />
          ))}
        </Table>
      )}
    </section>
  );
}

function ExportRow({ item }: { item: ListedExport }) {
  return (
    <Tr className="h-11">
      <Td className="whitespace-nowrap">
        <TimeAgo at={item.createdAt} />
        {item.requestedBy ? <span className="text-ink-3"> by {item.requestedBy}</span> : null}
      </Td>
      <Td className="w-80">
        <ExportState item={item} />
      </Td>
      <Td num className="whitespace-nowrap">
        {item.bytes === null ? "–" : bytesWords(item.bytes)}
      </Td>
      <Td className="font-mono text-11 text-ink-3 select-all">{item.sha256 ?? "–"}</Td>
      <Td num>
        {item.state === "done" ? (
          <a href={`/api/exports/${item.id}`} download className={buttonClass("outlined", 26)}>
            <Download aria-hidden />
            Download
          </a>
        ) : null}
      </Td>
    </Tr>
  );
}

function ExportState({ item }: { item: ListedExport }) {
  if (item.state === "done") return <StateLabel kind="done">Whole</StateLabel>;
  if (item.state === "failed") {
    return (
      <>
        <StateLabel kind="failed" />
        <span className="ml-2 text-12">{item.reason}</span>
      </>
    );
  }
  if (item.state === "queued") return <StateLabel kind="queued">Begins in a moment</StateLabel>;
  const words = `${item.done} of ${item.total} files`;
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-3">
      <ProgressBar done={item.done} total={item.total} label={words} />
      <span className="small-print">{words}</span>
    </div>
  );
}
