import type { ReactNode } from "react";
import { cx } from "@/app/_ui/cx";
import { Link } from "@/app/_ui/link";
import { conceptKey } from "@/server/mining/domain/concept";
import { facing } from "@/server/mining/domain/facing";
import type { ReviewCase } from "@/server/mining/review/review-case";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import { ORIGIN_WORDS, STATE_WORDS } from "../_pairs/words";
import { ComparedBy } from "./compared-by";
import { TwinImages, TwinLevel } from "./twin-facts";

export type TwinTableProps = { project: string; item: ReviewItem; found: ReviewCase | null };

/** The proposal beside its twin, row by row: what is the same in grey, what differs in bold. */
export function TwinTable({ project, item, found }: TwinTableProps) {
  const twin = found?.twin ?? null;
  const [otherA, otherB] = twin ? facing(item, twin) : [null, null];
  // Whether there is a twin is known before the twin is.
  const hasTwin = item.step !== null;
  return (
    <div
      className={cx(
        "mt-3.5 grid",
        hasTwin
          ? "grid-cols-[128px_minmax(0,1fr)_minmax(0,1fr)] max-md:grid-cols-2"
          : "max-w-[640px] grid-cols-[128px_minmax(0,1fr)] max-md:grid-cols-1",
      )}
    >
      <Row
        hasTwin={hasTwin}
        label=""
        isHead
        mine={<b>This proposal</b>}
        other={
          <>
            <b>Its twin</b>{" "}
            {twin ? (
              <Link href={`/p/${project}/pairs/${twin.id}`} className="link">
                open
              </Link>
            ) : null}
          </>
        }
      />
      <Words
        hasTwin={hasTwin}
        label="Concept A"
        mine={item.a}
        other={otherA}
        variantOf={item.variantOfA}
      />
      <Words
        hasTwin={hasTwin}
        label="Concept B"
        mine={item.b}
        other={otherB}
        variantOf={item.variantOfB}
      />
      <Words
        hasTwin={hasTwin}
        label="Expected instead"
        mine={item.latent}
        other={twin?.latent ?? null}
      />
      <Row
        hasTwin={hasTwin}
        label="Origin"
        mine={found && originOf(found)}
        other={twin && twinOrigin(twin)}
      />
      <Row
        hasTwin={hasTwin}
        label="Compared by"
        mine={<ComparedBy found={found} />}
        other={twin && <TwinLevel level={twin.level} />}
      />
      <Row
        hasTwin={hasTwin}
        label="Why"
        isFoot
        mine={
          found?.rationale ? (
            <blockquote className="text-14 leading-[21px] text-ink">“{found.rationale}”</blockquote>
          ) : !found ? null : (
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
      <span
        className={cx(
          cell,
          "pl-0 text-12 leading-5 text-ink-3 max-md:col-span-full max-md:border-t-0 max-md:pb-0.5",
          isHead && "max-md:hidden",
        )}
      >
        {label}
      </span>
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

type WordsProps = {
  label: string;
  hasTwin: boolean;
  mine: string | null;
  other: string | null;
  variantOf?: string | null;
};

function Words({ label, hasTwin, mine, other, variantOf = null }: WordsProps) {
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
          {variantOf ? <span className="text-ink-3"> variant of {variantOf}</span> : null}
        </>
      }
      other={show(other)}
    />
  );
}

function originOf({ origin, proposer, batchNumber }: ReviewCase): string {
  if (!proposer) return ORIGIN_WORDS[origin];
  const name = proposer.startsWith("offline-lexicon") ? "Offline proposer" : proposer.split(" ")[0];
  return `${name}, batch ${batchNumber}`;
}

function twinOrigin({ origin, state, decidedBy }: NonNullable<ReviewCase["twin"]>): string {
  const who = decidedBy ? ` by ${decidedBy}` : "";
  return `${ORIGIN_WORDS[origin]}, ${STATE_WORDS[state].word.toLowerCase()}${who}`;
}
