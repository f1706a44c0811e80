import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx";
import { LevelChip } from "@/app/_ui/level-chip";
import { StateLabel } from "@/app/_ui/state-label";
import { conceptKey } from "@/server/mining/domain/concept";
import type { ReviewItem } from "@/server/mining/review-queue";
import { shownLevel } from "@/server/rating/domain/level";
import { ORIGIN_WORDS, STATE_WORDS } from "../_pairs/words";

export type TwinTableProps = { project: string; item: ReviewItem };
type Twin = NonNullable<ReviewItem["twin"]>;

/** The proposal beside its twin, row by row: what is the same in grey, what differs in bold. */
export function TwinTable({ project, item }: TwinTableProps) {
  const { twin } = item;
  return (
    <div
      className={cx(
        "mt-3.5 grid",
        twin
          ? "grid-cols-[128px_minmax(0,1fr)_minmax(0,1fr)]"
          : "max-w-[640px] grid-cols-[128px_minmax(0,1fr)]",
      )}
    >
      <Row
        hasTwin={twin !== null}
        label=""
        isHead
        mine={<b>This proposal</b>}
        other={
          twin ? (
            <>
              <b>Its twin</b>{" "}
              <Link href={`/p/${project}/pairs/${twin.id}`} className="link">
                open
              </Link>
            </>
          ) : null
        }
      />
      <Words
        hasTwin={twin !== null}
        label="Concept A"
        mine={item.a}
        other={twin && facing(item, twin)[0]}
      />
      <Words
        hasTwin={twin !== null}
        label="Concept B"
        mine={item.b}
        other={twin && facing(item, twin)[1]}
      />
      <Words
        hasTwin={twin !== null}
        label="Expected instead"
        mine={item.latent}
        other={twin?.latent ?? null}
      />
      <Row
        hasTwin={twin !== null}
        label="Origin"
        mine={originOf(item)}
        other={twin && twinOrigin(twin)}
      />
      <Row
        hasTwin={twin !== null}
        label="Compared by"
        mine={<Compared item={item} />}
        other={twin && <Level twin={twin} />}
      />
      <Row
        hasTwin={twin !== null}
        label="Why"
        isFoot
        mine={
          item.rationale ? (
            <blockquote className="text-14 leading-[21px] text-ink">“{item.rationale}”</blockquote>
          ) : (
            <span className="text-ink-3">No reason was given.</span>
          )
        }
        other={twin && <TwinImages imageIds={twin.imageIds} />}
      />
    </div>
  );
}

type RowProps = {
  label: string;
  hasTwin: boolean;
  mine: ReactNode;
  other: ReactNode;
  isHead?: boolean;
  isFoot?: boolean;
};

function Row({ label, hasTwin, mine, other, isHead = false, isFoot = false }: RowProps) {
  const cell = cx("min-w-0 px-3.5 py-[7px]", !isHead && "border-t border-line");
  return (
    <>
      <span className={cx(cell, "pl-0 text-12 leading-5 text-ink-3")}>{label}</span>
      <div
        className={cx(
          cell,
          "border-x border-line bg-surface",
          isHead && "rounded-t-2 border-t",
          isFoot && "min-h-40 rounded-b-2 border-b",
        )}
      >
        {mine}
      </div>
      {hasTwin ? <div className={cell}>{other}</div> : null}
    </>
  );
}

type WordsProps = { label: string; hasTwin: boolean; mine: string | null; other: string | null };

function Words({ label, hasTwin, mine, other }: WordsProps) {
  const isSame = mine !== null && other !== null && conceptKey(mine) === conceptKey(other);
  const show = (text: string | null) =>
    text ? <span className={isSame ? "text-ink-3" : "font-bold text-ink"}>{text}</span> : null;
  const isRewritten = isSame && mine !== other;
  return (
    <Row
      hasTwin={hasTwin}
      label={label}
      mine={
        <>
          {show(mine) ?? <span className="text-ink-3">not named</span>}
          {isRewritten ? <span className="text-ink-3"> same word, written otherwise</span> : null}
        </>
      }
      other={show(other)}
    />
  );
}

/** The twin's concepts in the proposal's order: A and B carry no role. */
function facing(item: ReviewItem, twin: Twin): [string, string] {
  const isTurned =
    conceptKey(item.a) === conceptKey(twin.b) || conceptKey(item.b) === conceptKey(twin.a);
  return isTurned ? [twin.b, twin.a] : [twin.a, twin.b];
}

function originOf({ origin, proposer, batchNumber }: ReviewItem): string {
  if (!proposer) return ORIGIN_WORDS[origin];
  const name = proposer.startsWith("offline-lexicon") ? "Offline proposer" : proposer.split(" ")[0];
  return `${name}, batch ${batchNumber}`;
}

function twinOrigin({ origin, state, decidedBy }: Twin): string {
  const who = decidedBy ? ` by ${decidedBy}` : "";
  return `${ORIGIN_WORDS[origin]}, ${STATE_WORDS[state].word.toLowerCase()}${who}`;
}

const CHIP = "rounded-pill border border-line-2 bg-surface py-px pr-2 pl-1.5";

function Compared({ item }: { item: ReviewItem }) {
  const { step, similarity } = item;
  return (
    <span className="flex flex-wrap gap-1.5">
      <StateLabel kind="done" className={CHIP}>
        Key differs
      </StateLabel>
      {step === "lexical" && similarity !== null ? (
        <StateLabel kind="near-limit" className={CHIP}>
          Wording {similarity.toFixed(2)}
        </StateLabel>
      ) : (
        <StateLabel kind="done" className={CHIP}>
          Wording differs
        </StateLabel>
      )}
    </span>
  );
}

function Level({ twin: { level } }: { twin: Twin }) {
  if (!level) return <span className="text-ink-3">Not rated yet</span>;
  const percent = (share: number) => (share * 100).toFixed(1);
  return (
    <span className="flex items-center gap-2">
      <LevelChip level={shownLevel(level)} simulated={level.source === "simulated"} />
      <span>
        {level.generator},{" "}
        <b>
          {level.correct} of {level.rated}
        </b>{" "}
        correct
      </span>
      <span className="small-print">
        {percent(level.low)} to {percent(level.high)} %
      </span>
    </span>
  );
}

function TwinImages({ imageIds }: { imageIds: readonly string[] }) {
  if (imageIds.length === 0) return null;
  return (
    <div className="grid max-w-[316px] grid-cols-5 gap-1">
      {imageIds.map((id) => (
        <img
          key={id}
          src={`/api/images/${id}?w=160`}
          alt=""
          className="aspect-square w-full rounded-1 bg-surface-well"
        />
      ))}
    </div>
  );
}
