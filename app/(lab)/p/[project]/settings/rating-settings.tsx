"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox, Field, Input, Select } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { RATING_MODES } from "@/db/enums";
import {
  type ChangeRating,
  MAX_RATERS_PER_GRID,
  type ProjectSettings,
  RatersPerGrid,
} from "@/server/project/schemas";

export type RatingSettingsProps = { project: string; settings: ProjectSettings };

const MODE_WORDS = {
  full: "All 20 images, for a Level from 1 to 5",
  screen: "Screen: stop at the first correct image",
} as const;

/** How raters judge; saved as it is chosen. */
export function RatingSettings({ project, settings }: RatingSettingsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const change = useMutation(
    trpc.project.changeRating.mutationOptions({
      onSuccess: () => {
        router.refresh();
        toast("Rating saved");
      },
    }),
  );
  const [isWrong, setIsWrong] = useState(false);
  const { ratersPerGrid, ratingMode, detail, audit, boundaryRouting } = {
    ...settings,
    ...(change.isPending ? change.variables : {}),
  };
  const choose = (chosen: ChangeRating) => change.mutate({ project, ...chosen });
  return (
    <section className="grid gap-3">
      <h2>Rating</h2>
      <Field
        label="New grids"
        hint="Screening finds Level 5 with fewer looks; other pairs stay at “at most 4” until their grid is completed. Grids that are open keep their way."
        error={change.error?.message}
      >
        <Select
          value={ratingMode}
          onChange={(event) => {
            const chosen = RATING_MODES.find((mode) => mode === event.target.value);
            if (chosen) choose({ ratingMode: chosen });
          }}
        >
          {RATING_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {MODE_WORDS[mode]}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Raters of a new grid"
        hint={`From 1 to ${MAX_RATERS_PER_GRID}, each alone and blind. Several give a Level by majority and say how far they agree; a screened grid has one.`}
        error={
          isWrong &&
          `A whole number from 1 to ${MAX_RATERS_PER_GRID}, please: it stays ${ratersPerGrid}.`
        }
      >
        <Input
          type="number"
          className="w-24"
          min={1}
          max={MAX_RATERS_PER_GRID}
          key={ratersPerGrid}
          defaultValue={ratersPerGrid}
          onBlur={(event) => {
            const wanted = RatersPerGrid.safeParse(event.target.valueAsNumber);
            setIsWrong(!wanted.success);
            if (wanted.success && wanted.data !== ratersPerGrid) {
              choose({ ratersPerGrid: wanted.data });
            }
          }}
        />
      </Field>
      <Checkbox
        label="One more rater where a single vote could change the Level"
        checked={boundaryRouting}
        onChange={(event) => choose({ boundaryRouting: event.target.checked })}
      />
      <Checkbox
        label="A blind second look at 1 or 2 correct of 20, and at a fifth of those with none"
        checked={audit}
        onChange={(event) => choose({ audit: event.target.checked })}
      />
      <Checkbox
        label="Ask raters what is seen in each image, and what stood in its place"
        checked={detail}
        onChange={(event) => choose({ detail: event.target.checked })}
      />
    </section>
  );
}
