"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox, Field, Select } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { RATING_MODES } from "@/db/enums";
import type { ChangeRating } from "@/server/project/schemas";

export type RatingSettingsProps = { project: string; settings: ChangeRating };

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
  const { ratingMode, detail } = change.isPending ? change.variables : settings;
  const choose = (chosen: Partial<ChangeRating>) =>
    change.mutate({ project, ratingMode, detail, ...chosen });
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
      <Checkbox
        label="Ask raters what is seen in each image, and what stood in its place"
        checked={detail}
        onChange={(event) => choose({ detail: event.target.checked })}
      />
    </section>
  );
}
