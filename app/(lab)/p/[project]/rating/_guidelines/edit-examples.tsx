"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Input, Select } from "@/app/_ui/field";
import { tooLong } from "@/app/_ui/too-long";
import type { ShownExample } from "@/server/rating/guideline-examples";
import { MAX_CAPTION_LENGTH, MAX_EXAMPLES } from "@/server/rating/schemas";
import { PickExample } from "./pick-example";

export type EditExamplesProps = {
  project: string;
  examples: readonly ShownExample[];
  onChange: (examples: readonly ShownExample[]) => void;
};

export function EditExamples({ project, examples, onChange }: EditExamplesProps) {
  const [isPicking, setIsPicking] = useState(false);
  const change = (imageId: string, part: Partial<ShownExample>) =>
    onChange(examples.map((one) => (one.imageId === imageId ? { ...one, ...part } : one)));
  return (
    <section aria-label="Example images" className="grid gap-2">
      <h3 className="font-mid text-ink">Example images</h3>
      <p className="small-print">
        Raters see the image, its prompt, the verdict and your caption. Generator, pattern, Level
        and seed stay untold.
      </p>
      <ul className="divide-y divide-line border-y border-line empty:hidden">
        {examples.map((example, index) => (
          <ExampleRow
            key={example.imageId}
            number={index + 1}
            example={example}
            onChange={(part) => change(example.imageId, part)}
            onRemove={() => onChange(examples.filter((one) => one !== example))}
          />
        ))}
      </ul>
      <span>
        <Button
          notReady={examples.length >= MAX_EXAMPLES && `${MAX_EXAMPLES} are as many as are read.`}
          onClick={() => setIsPicking(true)}
        >
          Add an example …
        </Button>
      </span>
      {isPicking ? (
        <PickExample
          project={project}
          taken={examples.map(({ imageId }) => imageId)}
          onClose={() => setIsPicking(false)}
          onPick={(example) => {
            setIsPicking(false);
            onChange([...examples, example]);
          }}
        />
      ) : null}
    </section>
  );
}

type ExampleRowProps = {
  number: number;
  example: ShownExample;
  onChange: (part: Partial<ShownExample>) => void;
  onRemove: () => void;
};

function ExampleRow({ number, example, onChange, onRemove }: ExampleRowProps) {
  return (
    <li className="grid grid-cols-[64px_minmax(0,1fr)_auto] items-center gap-3 py-2">
      <img
        src={`/api/images/${example.imageId}?w=160`}
        alt={`Example ${number}`}
        className="size-16 rounded-1 bg-surface-well object-contain"
      />
      <span className="grid gap-1.5">
        <span className="small-print truncate" title={example.prompt}>
          {example.prompt}
        </span>
        <span className="flex gap-2 max-[700px]:grid">
          <Select
            aria-label={`Verdict of example ${number}`}
            className="max-w-32"
            value={example.verdict}
            onChange={({ target }) =>
              onChange({ verdict: target.value === "correct" ? "correct" : "incorrect" })
            }
          >
            <option value="correct">Correct</option>
            <option value="incorrect">Incorrect</option>
          </Select>
          <Input
            aria-label={`Caption of example ${number}`}
            placeholder="Why it is judged so"
            value={example.caption}
            aria-invalid={Boolean(tooLong(example.caption, MAX_CAPTION_LENGTH)) || undefined}
            onChange={({ target }) => onChange({ caption: target.value })}
          />
        </span>
      </span>
      <Button size={26} variant="quiet" aria-label={`Remove example ${number}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}
