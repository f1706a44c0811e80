import { StateLabel } from "@/app/_ui/state-label";
import type { ReviewCase } from "@/server/mining/review/review-case";

const CHIP = "rounded-pill border border-line-2 bg-surface py-px pr-2 pl-1.5";
const share = (value: number) => value.toFixed(2).replace(/^0/, "");

/** All three steps with their numbers; the one that found the twin stands out. */
export function ComparedBy({ found }: { found: ReviewCase | null }) {
  if (!found) return null;
  if (!found.compared) return <span className="text-ink-3">No pair like it</span>;
  const { caughtBy, isSameKey, wording, meaning } = found.compared;
  const kindOf = (step: typeof caughtBy) => (caughtBy === step ? "near-limit" : "done");
  return (
    <span className="flex flex-wrap gap-1.5">
      <StateLabel kind={kindOf("exact")} className={CHIP}>
        {isSameKey ? "Same key" : "Key differs"}
      </StateLabel>
      <StateLabel kind={kindOf("lexical")} className={CHIP}>
        Words {share(wording)}
      </StateLabel>
      {meaning ? (
        <StateLabel kind={kindOf("embedding")} className={CHIP}>
          Meaning {share(meaning.similarity)}, flag {share(meaning.flag)}
        </StateLabel>
      ) : (
        <StateLabel kind="info" className={CHIP}>
          Meaning not compared
        </StateLabel>
      )}
    </span>
  );
}
