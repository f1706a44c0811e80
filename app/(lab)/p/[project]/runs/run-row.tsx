import { Link } from "@/app/_ui/link";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { StateLabel } from "@/app/_ui/state-label";
import { Td, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import { drawsWords } from "./run-words";
import type { ListedRun } from "./types";

export function RunRow({ project, run }: { project: string; run: ListedRun }) {
  const total = run.renders;
  return (
    <Tr>
      <Td>
        <Link href={`/p/${project}/runs/${run.number}`} className="font-bold text-accent">
          Run {run.number}
        </Link>
      </Td>
      <Td>
        {run.generator}, revision {run.revision}
      </Td>
      <Td>{drawsWords(run)}</Td>
      <Td>
        <div className="flex items-center gap-3">
          <div className="min-w-[120px] flex-1">
            <ProgressBar
              done={run.done}
              active={run.rendering}
              failed={run.failed}
              total={total}
              label={`${run.done} of ${total} renders done`}
            />
          </div>
          <span className="small-print w-20 text-right">
            {run.done} of {total}
          </span>
        </div>
      </Td>
      <Td num className={run.failed > 0 ? "text-bad" : undefined}>
        {run.failed}
      </Td>
      <Td>
        <RunState run={run} />
      </Td>
      <Td>
        <TimeAgo at={run.createdAt} />
        {run.startedBy ? ` by ${run.startedBy}` : null}
      </Td>
    </Tr>
  );
}

export function RunState({ run }: { run: Pick<ListedRun, "state" | "failed" | "rendering"> }) {
  if (run.state === "cancelled") return <StateLabel kind="info">Cancelled</StateLabel>;
  if (run.state === "done" && run.failed > 0)
    return <StateLabel kind="failed">Ended with failures</StateLabel>;
  if (run.state === "done") return <StateLabel kind="done" />;
  return run.rendering > 0 ? <StateLabel kind="rendering" /> : <StateLabel kind="queued" />;
}
