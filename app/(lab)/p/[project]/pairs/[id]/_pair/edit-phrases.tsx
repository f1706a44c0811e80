"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Input, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { standsIn } from "@/server/mining/domain/stands-in";
import type { Detail } from "./detail";
import { useEditMethodInput } from "./use-edit-method-input";

export type EditPhrasesProps = { project: string; detail: Detail };

type Found = NonNullable<Detail["added"]["phrases"]>["prompts"][number];
const SIDES = ["a", "b"] as const;

/** A person's own phrases and scores, once somebody has found them. */
export function EditPhrases({ project, detail }: EditPhrasesProps) {
  const [isOpen, setIsOpen] = useState(false);
  const known = detail.added.phrases?.prompts ?? [];
  if (known.length === 0) return null;
  return (
    <>
      <Button
        size={26}
        variant="quiet"
        aria-label="Edit: Phrases in the prompts"
        onClick={() => setIsOpen(true)}
      >
        Edit
      </Button>
      {isOpen ? (
        <Edited project={project} detail={detail} known={known} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}

type EditedProps = EditPhrasesProps & { known: readonly Found[]; onClose: () => void };

function Edited({ project, detail, known, onClose }: EditedProps) {
  const [found, setFound] = useState(known);
  const edit = useEditMethodInput(onClose);
  const stray = found.flatMap(({ prompt, a, b }) =>
    [a, b].filter(({ phrase }) => !standsIn(phrase, prompt)),
  )[0];
  const { pair } = detail;
  return (
    <FormDialog
      title="Phrases in the prompts"
      description="A phrase stands in its prompt in whole words. The score says how surely a picture of it shows the thing."
      width={640}
      submit="Keep"
      busy={edit.isPending && "Keeping"}
      notReady={stray ? `“${stray.phrase}” does not stand in its prompt` : false}
      problem={edit.error?.message}
      onSubmit={() =>
        edit.mutate({ project, pairId: pair.id, kind: "phrases", prompts: [...found] })
      }
      onClose={onClose}
    >
      {found.map((of, i) => (
        <div key={of.prompt} className="grid grid-cols-[1fr_140px] gap-2">
          <p className="col-span-full small-print">{of.prompt}</p>
          {SIDES.map((side) => (
            <PhraseFields
              key={side}
              concept={side === "a" ? pair.conceptA : pair.conceptB}
              said={of[side]}
              onChange={(said) => setFound(found.with(i, { ...of, [side]: said }))}
            />
          ))}
        </div>
      ))}
    </FormDialog>
  );
}

type PhraseFieldsProps = {
  concept: string;
  said: Found["a"];
  onChange: (said: Found["a"]) => void;
};

function PhraseFields({ concept, said, onChange }: PhraseFieldsProps) {
  return (
    <>
      <Field label={concept}>
        <Input
          value={said.phrase}
          onChange={(event) => onChange({ ...said, phrase: event.target.value })}
        />
      </Field>
      <Field label="Score">
        <Select
          value={said.score}
          onChange={(event) => onChange({ ...said, score: Number(event.target.value) })}
        >
          <option value={2}>2, certain</option>
          <option value={0.5}>0.5, possible</option>
          <option value={0}>0, unlikely</option>
        </Select>
      </Field>
    </>
  );
}
