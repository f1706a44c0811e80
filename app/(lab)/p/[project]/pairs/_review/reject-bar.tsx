import { type SyntheticEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { cx } from "@/app/_ui/cx";
import { Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { tooLong } from "@/app/_ui/too-long";
import { REJECT_REASONS, type RejectReason } from "@/db/enums";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import { REASON_WORDS } from "../_pairs/words";
import { likelyReason } from "./review-state";
import type { Reviewing } from "./use-review";

export type RejectBarProps = {
  item: ReviewItem;
  review: Reviewing;
  isAskingOther: boolean;
  setAskingOther: (isAsking: boolean) => void;
};

/** A reason is always one key away; `x` points at them. */
export function RejectBar({ item, review, isAskingOther, setAskingOther }: RejectBarProps) {
  const reject = (reason: RejectReason) => {
    if (reason === "other") setAskingOther(true);
    else review.decide({ kind: "reject", reason, reasonText: null });
  };
  return (
    <fieldset
      aria-label="Reject, because"
      className={cx(
        "flex min-h-[53px] min-w-0 items-center gap-2 border-t bg-surface px-7 py-3 max-lg:flex-wrap max-md:px-4 max-md:py-2",
        review.state.mode === "reject"
          ? "border-accent inset-ring inset-ring-accent"
          : "border-line",
      )}
    >
      <span className="mr-1 text-ink">Reject, because</span>
      {isAskingOther ? (
        <OtherReason
          onCancel={() => setAskingOther(false)}
          onSave={(reasonText) => {
            setAskingOther(false);
            review.decide({ kind: "reject", reason: "other", reasonText });
          }}
        />
      ) : (
        REJECT_REASONS.map((reason, index) => (
          <button
            key={reason}
            type="button"
            onClick={() => reject(reason)}
            className={cx(
              "inline-flex h-7 items-center gap-1.5 rounded-2 border pr-2.5 pl-1.5 text-12 whitespace-nowrap text-ink",
              likelyReason(item) === reason
                ? "border-warn bg-warn-tint"
                : "border-line-control bg-surface hover:bg-surface-hover",
            )}
          >
            <Key>{index + 1}</Key>
            {REASON_WORDS[reason]}
          </button>
        ))
      )}
    </fieldset>
  );
}

type OtherReasonProps = { onSave: (text: string) => void; onCancel: () => void };

function OtherReason({ onSave, onCancel }: OtherReasonProps) {
  const [text, setText] = useState("");
  const excess = tooLong(text, 500);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    if (text.trim() && !excess) onSave(text.trim());
  };
  return (
    <form className="flex flex-1 items-center gap-2 max-md:flex-wrap" onSubmit={save}>
      <Input
        autoFocus
        aria-label="Reason"
        placeholder="Say why in a few words"
        aria-invalid={Boolean(excess) || undefined}
        value={text}
        className="h-7"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
        }}
      />
      <Button type="submit" size={26} notReady={excess}>
        Reject <Key>↵</Key>
      </Button>
      <Button size={26} variant="quiet" onClick={onCancel}>
        Back <Key>Esc</Key>
      </Button>
    </form>
  );
}
