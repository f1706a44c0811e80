import { cx } from "@/app/_ui/cx";
import { Select } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { ADJUDICATION_REASONS } from "@/db/enums";
import { REASON_WORDS, type Reasons, withReason } from "./rulings";

export type ReasonChoiceProps = { reasons: Reasons; onReasons: (reasons: Reasons) => void };

/** Why the votes differ: each reason one key away; a list where there is no room. */
export function ReasonChoice({ reasons, onReasons }: ReasonChoiceProps) {
  return (
    <>
      <fieldset
        aria-label="Why the votes differ"
        className="flex flex-wrap items-center gap-1.5 max-md:hidden"
      >
        <span className="mr-1 text-12 text-ink-2">Because</span>
        {ADJUDICATION_REASONS.map((reason, index) => (
          <button
            key={reason}
            type="button"
            aria-pressed={reasons.reason === reason}
            onClick={() => onReasons(withReason(reasons, reason))}
            className={cx(
              "inline-flex h-[26px] items-center gap-1.5 rounded-2 border px-1.5 text-12 whitespace-nowrap text-ink",
              reasons.reason === reason
                ? "border-accent bg-accent-tint inset-ring inset-ring-accent"
                : "border-line-control bg-surface hover:bg-surface-hover",
            )}
          >
            <Key>{String(index + 1)}</Key>
            {REASON_WORDS[reason]}
          </button>
        ))}
      </fieldset>
      <Select
        aria-label="Why the votes differ"
        className="md:hidden"
        value={reasons.reason ?? ""}
        onChange={({ target }) => {
          const reason = ADJUDICATION_REASONS.find((one) => one === target.value);
          if (reason) onReasons(withReason(reasons, reason));
        }}
      >
        {reasons.reason === null ? <option value="">Why the votes differ</option> : null}
        {ADJUDICATION_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {REASON_WORDS[reason]}
          </option>
        ))}
      </Select>
    </>
  );
}
