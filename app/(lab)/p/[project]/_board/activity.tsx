import { Folder, Image, MessageSquareText } from "lucide-react";
import type { ReactNode } from "react";
import { LevelChip } from "@/app/_ui/level-chip";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { TimeAgo } from "@/app/_ui/time-ago";
import { BUDGET_KINDS } from "@/db/enums";
import { PHASE_NAMES } from "@/server/project/domain/phase-names";
import type { Activity as ActivityItem } from "@/server/project/list-activity";
import { shownLevel } from "@/server/rating/domain/level";
import { BUDGET_NAMES } from "../budgets/budget-words";
import { many } from "./board-words";
import { judgeWords } from "./judge-words";
import { LiveChip } from "./live-chip";

export type ActivityProps = { project: string; activity: readonly ActivityItem[] };

export function Activity({ project, activity }: ActivityProps) {
  return (
    <section>
      <div className="mb-2 flex items-baseline gap-2.5">
        <h2>Now</h2>
        <LiveChip />
      </div>
      {activity.length === 0 ? <p>Nothing has happened here yet.</p> : null}
      <ul className="divide-y divide-line text-12">
        {activity.map((item) => (
          <li
            key={item.id}
            className="grid grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-2.5 py-[3px] break-words"
          >
            <Line project={project} item={item} />
            <span className="text-ink-3">
              <TimeAgo at={item.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ project, item }: { project: string; item: ActivityItem }) {
  switch (item.kind) {
    case "level":
      return (
        <>
          <Thumbnail imageId={item.imageId} />
          <Link href={`/p/${project}/pairs/${item.pairId}`} className="min-w-0">
            <PairName a={item.conceptA} b={item.conceptB} />{" "}
            <LevelChip level={shownLevel(item)} simulated={item.source === "simulated"} />
            <br />
            {item.generator}
            {item.purpose === "repair" ? " at fresh seeds" : ""}: {judgeWords(item)}, {item.correct}{" "}
            of {item.rated}
          </Link>
        </>
      );
    case "run":
      return (
        <>
          <Icon>
            <Image aria-hidden />
          </Icon>
          <Link href={`/p/${project}/runs/${item.number}`} className="min-w-0">
            <b>Run {item.number}</b> {runWords(item)}
            <br />
            {item.generator}
          </Link>
        </>
      );
    case "batch":
      return (
        <>
          <Icon>
            <MessageSquareText aria-hidden />
          </Icon>
          <Link href={`/p/${project}/pairs?view=review`} className="min-w-0">
            <b>Batch {item.number}</b> {batchWords(item)}
            <br />
            {item.pattern}
          </Link>
        </>
      );
    case "decision":
      return (
        <>
          <Icon>
            <Folder aria-hidden />
          </Icon>
          <span className="min-w-0">
            <b>{item.actor ?? "Somebody"}</b> {DECISION_WORDS[item.action]}
            <br />
            {subjectOf(item)}
          </span>
        </>
      );
  }
}

const DECISION_WORDS = {
  "project.create": "made the project",
  "project.rename": "renamed the project",
  "pattern.create": "named a pattern",
  "pattern.retire": "retired a pattern",
  "pattern.approve": "approved a pattern",
  "pattern.merge": "merged a pattern into another",
  "phase.open": "opened a phase",
  "phase.pause": "paused a phase",
  "phase.resume": "resumed a phase",
  "budget.set": "changed a budget",
} as const;

function subjectOf({ action, subject, phase }: Extract<ActivityItem, { kind: "decision" }>) {
  const named = PHASES.find((number) => number === phase);
  if (action.startsWith("phase.") && named) return PHASE_NAMES[named];
  const kind = BUDGET_KINDS.find((one) => one === subject);
  return action === "budget.set" && kind ? BUDGET_NAMES[kind] : subject;
}
const PHASES = [1, 2, 3, 4] as const;

function runWords({ state, progress }: Extract<ActivityItem, { kind: "run" }>): string {
  if (state === "cancelled") return "cancelled";
  if (state === "done") return "done";
  if (!progress) return "going on";
  const failed = progress.failed > 0 ? `, ${progress.failed} failed` : "";
  return `${progress.done} of ${many(progress.renders, "render")}${failed}`;
}

function batchWords(batch: Extract<ActivityItem, { kind: "batch" }>): string {
  switch (batch.state) {
    case "done":
      return `${many(batch.returned, "proposal")}, ${batch.returned - batch.fresh} repeated`;
    case "waiting":
      return "waits for you";
    case "cancelled":
      return "cancelled";
    default:
      return `${many(batch.asked, "proposal")} asked for`;
  }
}

function Thumbnail({ imageId }: { imageId: string | null }) {
  if (!imageId) return <span className="size-7 rounded-1 bg-surface-well" />;
  return <img src={`/api/images/${imageId}`} alt="" className="size-7 rounded-1 bg-surface-well" />;
}

function Icon({ children }: { children: ReactNode }) {
  return (
    <span className="grid size-7 place-items-center rounded-1 bg-surface-hover text-ink-3 [&_svg]:size-4">
      {children}
    </span>
  );
}
