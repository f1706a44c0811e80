"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Textarea } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { tooLong } from "@/app/_ui/too-long";
import type { Detail } from "./detail";
import { promptsToReword } from "./prompts-to-reword";
import { useEditMethodInput } from "./use-edit-method-input";

export type EditRewordingProps = { project: string; detail: Detail };

/** A person's own words for the prompts of the control; later renders are drawn with these. */
export function EditRewording({ project, detail }: EditRewordingProps) {
  const [isOpen, setIsOpen] = useState(false);
  const prompts = promptsToReword(detail);
  if (prompts.length === 0) return null;
  return (
    <>
      <Button
        size={26}
        variant="quiet"
        aria-label="Edit: Prompts in other words"
        onClick={() => setIsOpen(true)}
      >
        Edit
      </Button>
      {isOpen ? (
        <Edited
          project={project}
          detail={detail}
          prompts={prompts}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  );
}

type EditedProps = EditRewordingProps & { prompts: readonly string[]; onClose: () => void };

function Edited({ project, detail, prompts, onClose }: EditedProps) {
  const known = detail.added.rewording?.prompts ?? [];
  const [texts, setTexts] = useState(() =>
    prompts.map((prompt) => known.find(({ from }) => from === prompt)?.to ?? prompt),
  );
  const edit = useEditMethodInput(onClose);
  const excess = texts.map((text) => tooLong(text, 2000)).find(Boolean);
  const isWhole = texts.every((text) => text.trim() !== "");
  return (
    <FormDialog
      title="Prompts in other words"
      description="The control draws these in place of the prompts; raters see the prompts. Images that are there stay as they are."
      width={640}
      submit="Keep"
      busy={edit.isPending && "Keeping"}
      notReady={isWhole ? excess : "Say every prompt"}
      problem={edit.error?.message}
      onSubmit={() =>
        edit.mutate({
          project,
          pairId: detail.pair.id,
          kind: "rewording",
          prompts: prompts.map((from, i) => ({ from, to: texts[i]?.trim() ?? from })),
        })
      }
      onClose={onClose}
    >
      {prompts.map((prompt, i) => (
        <Field
          key={prompt}
          label={`Prompt ${i + 1}`}
          hint={prompt}
          length={{ of: texts[i] ?? "", most: 2000 }}
        >
          <Textarea
            rows={2}
            value={texts[i] ?? ""}
            onChange={(event) => setTexts(texts.with(i, event.target.value))}
          />
        </Field>
      ))}
    </FormDialog>
  );
}
