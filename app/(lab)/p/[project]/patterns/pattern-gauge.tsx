import { cx } from "@/app/_ui/cx";
import { NEXT_NEW_LIMIT, NOVELTY_LIMIT } from "@/server/mining/domain/saturation/saturation";
import type { PatternGauge as Gauge } from "@/server/mining/list-gauges";
import { RetestButton } from "../_board/retest-button";

export type PatternGaugeProps = {
  project: string;
  gauge: Gauge;
  /** A retired pattern is asked for nothing. */
  isInUse: boolean;
};

// The sign stays with its number.
const whole = (share: number) => `${Math.round(share * 100)}\u00a0%`;
const at = (share: number) => `${share * 100}%`;

/** How far one proposer has run dry on a pattern: what the last batch brought, what is left, and why that is dry or not. */
export function PatternGauge({ project, gauge, isInUse }: PatternGaugeProps) {
  const { last, reason, isDry, isConfirmed, strategy } = gauge;
  const mayRetest = isInUse && isDry && !isConfirmed && strategy === "direct";
  return (
    <section aria-label="Saturation" className="max-w-[46ch] min-w-52">
      {strategy === "two_sets" ? <p className="small-print">By two sets of concepts</p> : null}
      {last ? <LastNovelty last={last} /> : null}
      <Outlook gauge={gauge} />
      {reason ? (
        <p className={cx("small-print", isDry && "font-bold text-ink-2")}>{reason}</p>
      ) : null}
      {mayRetest ? <RetestButton project={project} patternId={gauge.patternId} /> : null}
    </section>
  );
}

/** The share of new pairs with what it surely does not pass, against the line below which a batch is dry. */
function LastNovelty({ last }: { last: NonNullable<Gauge["last"]> }) {
  const { share, atMost, fresh, judged, isRetest } = last;
  return (
    <>
      <p className="whitespace-nowrap">
        {isRetest ? "Re-test: " : ""}
        {fresh} of {judged} new
        {share === null || atMost === null ? null : (
          <span className="small-print">
            {" "}
            {whole(share)}, at most {whole(atMost)} (90&nbsp;%)
          </span>
        )}
      </p>
      {share === null || atMost === null ? null : (
        <span aria-hidden className="relative my-1 block h-2 bg-surface-sunken">
          <i className="absolute inset-y-0 left-0 bg-accent" style={{ width: at(share) }} />
          <i
            className="absolute top-1/2 border-t-[1.25px] border-ink"
            style={{ left: at(share), width: at(atMost - share) }}
          />
          <i
            className="absolute -inset-y-0.5 border-l-[1.5px] border-dashed border-bad"
            style={{ left: at(NOVELTY_LIMIT) }}
          />
        </span>
      )}
    </>
  );
}

function Outlook({ gauge }: { gauge: Gauge }) {
  const { nextIsNew, once, proposals, distinct, moreToFind, last, proposer } = gauge;
  const alike = last?.meanSimilarity ?? null;
  return (
    <p
      className="small-print"
      title={`Of ${proposer} alone. Dry when the next proposal is new with less than ${whole(NEXT_NEW_LIMIT)}. Good-Turing and Chao1 are heuristics: a proposer that is told to avoid repeats does not draw independently.`}
    >
      {nextIsNew === null ? null : (
        <>
          f1/n {once}/{proposals}: next new {whole(nextIsNew)} ·{" "}
        </>
      )}
      Chao1 {(distinct + moreToFind).toLocaleString("en-GB")}, {moreToFind.toLocaleString("en-GB")}{" "}
      more
      {alike === null ? null : ` · last five alike ${alike.toFixed(2)}`}
    </p>
  );
}
