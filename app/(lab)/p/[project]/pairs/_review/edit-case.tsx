import { type SyntheticEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { checkPair } from "@/server/mining/domain/check-pair";
import type { ReviewItem } from "@/server/mining/review-queue";
import type { EditPair } from "@/server/mining/schemas";

export type EditCaseProps = {
  item: ReviewItem;
  onSave: (words: Pick<EditPair, "a" | "b" | "latent">) => void;
  onCancel: () => void;
};

/** Changes the words of the proposal in its place; Enter keeps them, Escape does not. */
export function EditCase({ item, onSave, onCancel }: EditCaseProps) {
  const [words, setWords] = useState({ a: item.a, b: item.b, latent: item.latent ?? "" });
  const problem = checkPair(words);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const tidy = { a: words.a.trim(), b: words.b.trim(), latent: words.latent.trim() || null };
    if (!problem) onSave(tidy);
  };
  const bind = (name: keyof typeof words) => ({
    value: words[name],
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) =>
      setWords((before) => ({ ...before, [name]: event.target.value })),
  });
  return (
    <form
      className="mt-4 grid max-w-[520px] gap-3"
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <Field label="Concept A">
        <Input autoFocus {...bind("a")} />
      </Field>
      <Field label="Concept B" error={problem}>
        <Input {...bind("b")} />
      </Field>
      <Field label="Expected instead">
        <Input {...bind("latent")} />
      </Field>
      <div className="flex gap-2">
        <Button type="submit">
          Keep the words <Key>↵</Key>
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          Back <Key>Esc</Key>
        </Button>
      </div>
    </form>
  );
}
