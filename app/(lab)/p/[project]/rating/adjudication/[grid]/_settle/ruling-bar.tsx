import { CornerDownLeft } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { Checkbox, Input, Select } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { PromptText } from "@/app/_ui/prompt-text";
import { tooLong } from "@/app/_ui/too-long";
import { ADJUDICATION_REASONS } from "@/db/enums";
import type { AdjudicatedImage, AdjudicationView } from "@/server/adjudication/get-adjudication";
import { MAX_ADJUDICATION_NOTE } from "@/server/adjudication/schemas";
import { notReady, REASON_WORDS, type Reasons } from "./rulings";

export type RulingBarProps = {
  image: AdjudicatedImage | undefined;
  concepts: { a: string; b: string };
  raters: AdjudicationView["raters"];
  reasons: Reasons;
  onReasons: (reasons: Reasons) => void;
  /** Images chosen and not saved. */
  count: number;
  busy: boolean;
  onChoose: (verdict: "correct" | "incorrect" | null) => void;
  onSave: () => void;
};

/** The image under the cursor in words, what can be said of it, and why. */
export function RulingBar({
  image,
  concepts,
  raters,
  reasons,
  onReasons,
  ...rest
}: RulingBarProps) {
  const { count, busy, onChoose, onSave } = rest;
  return (
    <section aria-label="Last word" className="panel grid shrink-0 gap-2 px-4 py-3">
      {image ? (
        <p className="text-14">
          <b>Image {image.position}</b>{" "}
          <PromptText text={image.prompt} a={concepts.a} b={concepts.b} />
          <span className="small-print ml-3">
            {raters
              .map(({ name }, index) => `${name}: ${image.votes[index] ?? "no verdict"}`)
              .join(" · ")}
          </span>
        </p>
      ) : null}
      {raters.some(({ note }) => note) ? (
        <ul className="small-print">
          {raters.map(({ name, note, isGuidelineGap }) =>
            note ? (
              <li key={name}>
                {name}: {note}
                {isGuidelineGap ? " (guideline gap)" : ""}
              </li>
            ) : null,
          )}
        </ul>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button size={26} onClick={() => onChoose("incorrect")}>
          Incorrect <Key>J</Key>
        </Button>
        <Button size={26} onClick={() => onChoose("correct")}>
          Correct <Key>K</Key>
        </Button>
        <Button size={26} onClick={() => onChoose(null)}>
          Leave to the votes <Key>X</Key>
        </Button>
        <span className="w-[210px]">
          <Select
            aria-label="Why the votes differ"
            value={reasons.reason ?? ""}
            onChange={({ target }) => {
              const reason = ADJUDICATION_REASONS.find((one) => one === target.value);
              if (reason)
                onReasons({
                  ...reasons,
                  reason,
                  isGuidelineGap: reasons.isGuidelineGap || reason === "guideline_gap",
                });
            }}
          >
            {reasons.reason === null ? <option value="">Why the votes differ</option> : null}
            {ADJUDICATION_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {REASON_WORDS[reason]}
              </option>
            ))}
          </Select>
        </span>
        <span className="max-w-[320px] min-w-[130px] flex-1">
          <Input
            aria-label="Note"
            placeholder="Note"
            value={reasons.note}
            aria-invalid={Boolean(tooLong(reasons.note, MAX_ADJUDICATION_NOTE)) || undefined}
            onChange={({ target }) => onReasons({ ...reasons, note: target.value })}
          />
        </span>
        <Checkbox
          label="Guideline gap"
          checked={reasons.isGuidelineGap}
          onChange={({ target }) => onReasons({ ...reasons, isGuidelineGap: target.checked })}
        />
        <span className="ml-auto">
          <Button
            size={26}
            variant="primary"
            busy={busy && "Saving"}
            notReady={notReady(count, reasons)}
            onClick={onSave}
          >
            Settle {count === 1 ? "1 image" : `${count} images`}{" "}
            <Key onAccent>
              <CornerDownLeft aria-label="Enter" className="size-3" />
            </Key>
          </Button>
        </span>
      </div>
    </section>
  );
}
