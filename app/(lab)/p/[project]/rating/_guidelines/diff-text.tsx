import type { DiffPart } from "@/server/rating/domain/text-diff";

/** What came is underlined, what went is struck through: never colour alone. */
export function DiffText({ parts }: { parts: readonly DiffPart[] }) {
  return (
    <p className="whitespace-pre-line">
      {parts.map(({ kind, text }, index) => {
        const key = `${index} ${kind}`;
        if (kind === "added")
          return (
            <ins key={key} className="bg-good-tint text-ink underline decoration-good decoration-2">
              {text}
            </ins>
          );
        if (kind === "removed")
          return (
            <del key={key} className="bg-bad-tint text-ink line-through decoration-bad">
              {text}
            </del>
          );
        return <span key={key}>{text}</span>;
      })}
    </p>
  );
}
