import { markConcepts } from "./mark-concepts";

export type PromptTextProps = { text: string; a: string; b: string };

const UNDERLINE = {
  a: "underline decoration-line-control decoration-[1.5px] underline-offset-[3px]",
  b: "underline decoration-line-control decoration-2 decoration-dotted underline-offset-[3px]",
} as const;

/** A prompt with its two concepts set off: A underlined, B dotted. */
export function PromptText({ text, a, b }: PromptTextProps) {
  return (
    <span className="break-words text-ink-2">
      {markConcepts(text, a, b).map((part, index) =>
        part.mark ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <b key={index} className={UNDERLINE[part.mark]}>
            {part.text}
          </b>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
