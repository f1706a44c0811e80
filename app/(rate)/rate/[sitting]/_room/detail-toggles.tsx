import type { ReactNode } from "react";
import { Key } from "@/app/_ui/key";
import type { VerdictDetail } from "@/server/rating/schemas";
import type { KeyNames } from "./use-key-labels";

export type DetailTogglesProps = {
  detail: VerdictDetail;
  a: string;
  b: string;
  keys: KeyNames;
  onSay: (name: keyof VerdictDetail) => void;
};

/** What is seen in the image; the verdict follows from it, so nothing here needs a verdict first. */
export function DetailToggles({ detail, a, b, keys, onSay }: DetailTogglesProps) {
  const seen = (concept: string) => (
    <>
      <span className="font-mid text-ink">{concept}</span> seen
    </>
  );
  const questions: { name: keyof VerdictDetail; text: ReactNode; label: string }[] = [
    { name: "aSeen", text: seen(a), label: `${a} seen` },
    { name: "bSeen", text: seen(b), label: `${b} seen` },
    { name: "relation", text: "placed as the prompt says", label: "placed as the prompt says" },
    { name: "latentSeen", text: "something else instead", label: "something else instead" },
  ];
  return (
    <fieldset className="grid gap-1 border-t border-line pt-2.5">
      <legend className="sr-only">What is seen</legend>
      {questions.map(({ name, text, label }) => (
        <button
          key={name}
          type="button"
          aria-label={label}
          aria-pressed={detail[name] === true}
          onClick={() => onSay(name)}
          className="group flex min-h-[26px] items-center gap-2 rounded-2 border border-line-control bg-surface px-2 text-left text-12 text-ink-2 hover:bg-surface-hover aria-pressed:border-accent aria-pressed:bg-accent-tint aria-pressed:text-accent"
        >
          <Key>{keys.detail(name)}</Key>
          <span className="min-w-0 truncate" title={label}>
            {text}
          </span>
          <span className="ml-auto shrink-0">{wordFor(detail[name])}</span>
        </button>
      ))}
    </fieldset>
  );
}

function wordFor(answer: boolean | undefined): string {
  if (answer === undefined) return "–";
  return answer ? "Yes" : "No";
}
