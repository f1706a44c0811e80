import {
  ChevronRight,
  Dices,
  FileText,
  Gauge,
  Image,
  ListChecks,
  MessageSquareText,
  Tag,
  Users,
} from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx";
import { LevelChip } from "@/app/_ui/level-chip";
import { Link } from "@/app/_ui/link";
import { TimeAgo } from "@/app/_ui/time-ago";
import { shownLevel } from "@/server/rating/domain/level";
import { type Detail, imagesIn, levelOfRecord, type SheetLevel } from "./detail";

export type ChainProps = { project: string; detail: Detail };

/** Pattern to Level, each link opening what it stands for. */
export function Chain({ project, detail }: ChainProps) {
  const { pattern } = detail;
  const kind = pattern.category === "lcmis" ? "LC-Mis" : "traditional";
  return (
    <ol
      aria-label="Where the Level comes from"
      className="panel mb-3.5 grid grid-cols-[minmax(0,1.62fr)_repeat(7,minmax(0,1fr))] overflow-hidden max-[1000px]:grid-cols-4 max-[700px]:grid-cols-2"
    >
      <Step icon={<Tag aria-hidden />} name="Pattern" second={`phase ${pattern.phase}, ${kind}`}>
        <Link href={`/p/${project}/patterns`} className="link">
          {pattern.name}
        </Link>
      </Step>
      <Origin project={project} detail={detail} />
      <Decided detail={detail} />
      <PromptsStep detail={detail} />
      <SeedsStep detail={detail} />
      <ImagesStep detail={detail} />
      <VerdictsStep detail={detail} />
      <LevelStep detail={detail} />
    </ol>
  );
}

type StepProps = {
  icon: ReactNode;
  name: string;
  second: ReactNode;
  children: ReactNode;
  isCurrent?: boolean;
};

function Step({ icon, name, second, children, isCurrent = false }: StepProps) {
  return (
    <li
      className={cx(
        "relative min-w-0 py-[9px] pr-2.5 pl-[18px] text-12 first:pl-3 max-[1000px]:pl-3 min-[1001px]:[&+&>.arrow]:block",
        isCurrent && "bg-accent-tint",
      )}
    >
      <ChevronRight
        aria-hidden
        className="arrow absolute top-1/2 -left-2 hidden size-4 -translate-y-1/2 text-line-control"
      />
      <span className="mb-0.5 flex items-center gap-[5px] text-ink-3 [&_svg]:size-3.5">
        {icon}
        {name}
      </span>
      <span className="block truncate font-mid text-ink">{children}</span>
      <span className="block truncate text-ink-3">{second}</span>
    </li>
  );
}

const ORIGIN_WORDS = { human: "Typed in", import: "Imported", llm: "Proposed" } as const;

function Origin({ project, detail: { pair, proposal, exchanges } }: ChainProps) {
  const exchange = exchanges.find(
    ({ purpose, outcome }) => purpose === "expand_pattern" && outcome === "parsed",
  );
  if (!proposal || !exchange) {
    return (
      <Step
        icon={<MessageSquareText aria-hidden />}
        name="Origin"
        second={<TimeAgo at={pair.createdAt} />}
      >
        {ORIGIN_WORDS[pair.origin]}
      </Step>
    );
  }
  return (
    <Step
      icon={<MessageSquareText aria-hidden />}
      name="LLM call"
      second={`batch ${proposal.batch}, proposal ${proposal.ordinal}`}
    >
      <Link href={`/p/${project}/exchanges/${exchange.id}`} className="link">
        {exchange.model}
      </Link>
    </Step>
  );
}

const DECIDED_WORDS = {
  proposed: "Proposed",
  accepted: "Accepted",
  rejected: "Rejected",
  set_aside: "Set aside",
} as const;

function Decided({ detail: { pair, proposal } }: { detail: Detail }) {
  const isEdited =
    proposal && (proposal.conceptA !== pair.conceptA || proposal.conceptB !== pair.conceptB);
  return (
    <Step
      icon={<Users aria-hidden />}
      name={DECIDED_WORDS[pair.state]}
      second={
        pair.decidedAt ? (
          <>
            <TimeAgo at={pair.decidedAt} />
            {proposal ? `, ${isEdited ? "edited" : "unedited"}` : null}
          </>
        ) : (
          "not reviewed yet"
        )
      }
    >
      {pair.decidedBy ?? "–"}
    </Step>
  );
}

function PromptsStep({ detail: { promptSets, exchanges } }: { detail: Detail }) {
  const [newest] = promptSets;
  if (!newest) {
    return (
      <Step icon={<FileText aria-hidden />} name="Prompts" second="not written yet">
        –
      </Step>
    );
  }
  const exchange = exchanges.find(({ id }) => id === newest.prompts[0]?.exchangeId);
  return (
    <Step
      icon={<FileText aria-hidden />}
      name="Prompts"
      second={exchange ? `by ${exchange.model}` : "by hand"}
    >
      <a href="#prompts" className="link">
        {newest.prompts.length}, version {newest.number}
      </a>
    </Step>
  );
}

function SeedsStep({ detail: { sheets } }: { detail: Detail }) {
  const sets = [...new Set(sheets.map((sheet) => sheet.seedSet))];
  const [first] = sheets;
  return (
    <Step
      icon={<Dices aria-hidden />}
      name="Seeds"
      second={first ? `${first.seeds.length}, same for all` : "none used yet"}
    >
      {first ? `set ${sets.join(", ")}` : "–"}
    </Step>
  );
}

function ImagesStep({ detail: { sheets } }: { detail: Detail }) {
  const drawn = imagesIn(sheets);
  const asked = sheets.reduce((sum, sheet) => sum + sheet.cells.length, 0);
  const drawnWords = drawn < asked ? `of ${asked} asked for` : "SHA-256 kept";
  return (
    <Step
      icon={<Image aria-hidden />}
      name="Images"
      second={asked === 0 ? "none drawn yet" : drawnWords}
    >
      {asked === 0 ? (
        "–"
      ) : (
        <a href="#images" className="link">
          {drawn}
        </a>
      )}
    </Step>
  );
}

function VerdictsStep({ detail: { sheets } }: { detail: Detail }) {
  const marks = sheets.flatMap((sheet) => sheet.cells.flatMap((cell) => cell.marks));
  const raters = new Set(marks.map((mark) => mark.rater));
  const isSimulated = marks.length > 0 && marks.every((mark) => mark.isSimulated);
  const who = isSimulated
    ? "simulated rater"
    : `${raters.size} rater${raters.size === 1 ? "" : "s"}`;
  return (
    <Step
      icon={<ListChecks aria-hidden />}
      name="Verdicts"
      second={marks.length === 0 ? "not rated yet" : who}
    >
      {marks.length === 0 ? (
        "–"
      ) : (
        <a href="#images" className="link">
          {marks.length}
        </a>
      )}
    </Step>
  );
}

function LevelStep({ detail: { sheets } }: { detail: Detail }) {
  const levels = sheets.flatMap((sheet) => levelOfRecord(sheet) ?? []);
  const [first] = levels;
  return (
    <Step
      isCurrent
      icon={<Gauge aria-hidden />}
      name="Level"
      second={first ? levelWords(first) : "from 20 verdicts"}
    >
      {levels.length === 0 ? "–" : null}
      <span className="inline-flex gap-1">
        {levels.map((level) => (
          <LevelChip
            key={level.id}
            level={shownLevel(level)}
            simulated={level.source === "simulated"}
          />
        ))}
      </span>
    </Step>
  );
}

const levelWords = ({ mode, ruleVersion }: SheetLevel): string =>
  mode === "screen" ? `screened, rule ${ruleVersion}` : `rule ${ruleVersion}`;
