import { CornerDownLeft } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { Checkbox, Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { PromptText } from "@/app/_ui/prompt-text";
import { tooLong } from "@/app/_ui/too-long";
import type { AdjudicatedImage, AdjudicationView } from "@/server/adjudication/get-adjudication";
import { MAX_ADJUDICATION_NOTE } from "@/server/adjudication/schemas";
import { ReasonChoice } from "./reason-choice";
import { notReady, type Reasons } from "./rulings";

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
  /** All choices on this grid that are not settled. */
  onDiscard: () => void;
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
  const { count, busy, onChoose, onDiscard, onSave } = rest;
  return (
    <section aria-label="Last word" className="panel grid shrink-0 gap-2 px-4 py-3">
      {image ? (
        <img
          src={`/api/images/${image.imageId}?w=640`}
          alt=""
          loading="lazy"
          className="aspect-square w-full rounded-2 bg-surface-well object-contain md:hidden"
        />
      ) : null}
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
      <ReasonChoice reasons={reasons} onReasons={onReasons} />
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
        <span className="max-w-[320px] min-w-[130px] flex-1">
          <Input
            aria-label="Note"
            placeholder="Note"
            value={reasons.note}
            aria-invalid={Boolean(tooLong(reasons.note, MAX_ADJUDICATION_NOTE)) || undefined}
            onChange={({ target }) => onReasons({ ...reasons, note: target.value })}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.repeat) onSave();
            }}
          />
        </span>
        <Checkbox
          label="Guideline gap"
          checked={reasons.isGuidelineGap}
          onChange={({ target }) => onReasons({ ...reasons, isGuidelineGap: target.checked })}
        />
        <span className="ml-auto flex items-center gap-2">
          {count > 0 ? (
            <Button size={26} variant="quiet" onClick={onDiscard}>
              Discard choices
            </Button>
          ) : null}
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
