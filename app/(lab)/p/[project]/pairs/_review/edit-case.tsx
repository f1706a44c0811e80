import { type SyntheticEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { findPairProblem } from "@/server/mining/domain/check-pair";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import { OutsideVocabulary } from "../_pairs/outside-vocabulary";
import type { Draft, Words } from "./review-state";

export type EditCaseProps = {
  project: string;
  item: ReviewItem;
  /** What was typed before and refused. */
  draft: Draft | null;
  onSave: (words: Words) => void;
  onCancel: () => void;
};

/** Changes the words of the proposal in its place; Enter keeps them, Escape does not. */
export function EditCase({ project, item, draft, onSave, onCancel }: EditCaseProps) {
  const start = draft?.words ?? item;
  const [words, setWords] = useState({ a: start.a, b: start.b, latent: start.latent ?? "" });
  const problem = findPairProblem(words);
  const wrongIn = (name: keyof typeof words) => problem?.field === name && problem.says;
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
      <Field label="Concept A" error={wrongIn("a")}>
        <Input autoFocus {...bind("a")} />
      </Field>
      <Field label="Concept B" error={wrongIn("b")}>
        <Input {...bind("b")} />
      </Field>
      <Field label="Expected instead" error={wrongIn("latent")}>
        <Input {...bind("latent")} />
      </Field>
      <OutsideVocabulary project={project} concepts={[words.a, words.b]} />
      {draft ? (
        <p role="alert" className="text-bad">
          Not saved: {draft.problem}
        </p>
      ) : null}
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
