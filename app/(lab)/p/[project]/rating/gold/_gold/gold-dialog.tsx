"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { Field, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { Skeleton } from "@/app/_ui/skeleton";
import { useToast } from "@/app/_ui/toaster";
import { tooLong } from "@/app/_ui/too-long";
import type { GoldUse } from "@/db/enums";
import { MAX_REASON_LENGTH } from "@/server/rating/domain/text-limits";
import type { GoldGrid } from "@/server/rating/show-gold";
import { type Answer, EditAnswer } from "./edit-answer";
import { GoldImages } from "./gold-images";

export type GoldDialogProps = { project: string; gridId: string; onClose: () => void };

/** How each image is meant, and how raters did on it. */
export function GoldDialog({ project, gridId, onClose }: GoldDialogProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.rating.goldGrid.queryOptions({ project, gridId }));
  if (data) return <Answers project={project} grid={data} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title="Answers" width={1000}>
      {error ? <p role="alert">{error.message}</p> : <Skeleton className="h-80" />}
    </Dialog>
  );
}

function Answers({
  project,
  grid,
  onClose,
}: {
  project: string;
  grid: GoldGrid;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const [use, setUse] = useState<GoldUse>(grid.use ?? "gold");
  const [answers, setAnswers] = useState(() => grid.images.map(answerOf));
  const [chosen, setChosen] = useState<string | null>(null);
  const save = useMutation({
    ...trpc.rating.makeGold.mutationOptions(),
    async onSuccess() {
      await Promise.all([
        queries.invalidateQueries(trpc.rating.gold.queryFilter({ project })),
        queries.invalidateQueries(trpc.rating.goldGrid.queryFilter({ project })),
        queries.invalidateQueries(trpc.rating.settled.pathFilter()),
      ]);
      toast(use === "gold" ? "It measures raters from now on." : "It teaches raters from now on.");
      onClose();
    },
  });
  const focused = answers.find(({ imageId }) => imageId === chosen);
  const change = (part: Partial<Answer>) =>
    setAnswers(answers.map((one) => (one.imageId === chosen ? { ...one, ...part } : one)));
  return (
    <FormDialog
      title={`${grid.conceptA}, ${grid.conceptB}`}
      description="Press an image to change how it is meant, or to explain it. What the guidelines show as an example can teach, but not measure."
      width={1000}
      submit={use === "gold" ? "Save as gold" : "Save for training"}
      busy={save.isPending && "Saving"}
      notReady={notReady(answers)}
      problem={save.error?.message}
      onSubmit={() => save.mutate({ project, gridId: grid.gridId, use, answers: sent(answers) })}
      onClose={onClose}
    >
      <Field label="Use" className="w-[360px] max-w-full">
        <Select
          value={use}
          onChange={({ target }) => setUse(target.value === "gold" ? "gold" : "training")}
        >
          <option value="gold">Gold: measures in silence</option>
          <option value="training">Training: tells how it was meant</option>
        </Select>
      </Field>
      <GoldImages images={grid.images} answers={answers} chosen={chosen} onChoose={setChosen} />
      {focused ? (
        <EditAnswer
          key={focused.imageId}
          number={answers.indexOf(focused) + 1}
          answer={focused}
          onChange={change}
        />
      ) : null}
      {grid.raters.length > 0 ? <Raters raters={grid.raters} /> : null}
    </FormDialog>
  );
}

function Raters({ raters }: Pick<GoldGrid, "raters">) {
  return (
    <ul aria-label="Raters" className="text-13">
      {raters.map(({ rater, kind, submittedAt, images, right }) => (
        <li key={`${rater} ${submittedAt?.getTime() ?? ""}`}>
          {rater}, {kind}: {right} of {images} as meant
        </li>
      ))}
    </ul>
  );
}

function notReady(answers: readonly Answer[]): string | false {
  const open = answers.filter(({ verdict }) => verdict === null).length;
  if (open > 0) return `Say how ${open === 1 ? "1 image is" : `${open} images are`} meant.`;
  const excess = (at: Answer) => tooLong(at.explanation, MAX_REASON_LENGTH);
  const long = answers.findIndex(excess);
  const answer = answers[long];
  return answer !== undefined && `Image ${long + 1}: ${excess(answer)}`;
}

const answerOf = ({
  imageId,
  expected,
  said,
  explanation,
}: GoldGrid["images"][number]): Answer => ({
  imageId,
  verdict: expected ?? said,
  explanation,
});

const sent = (answers: readonly Answer[]) =>
  answers.map(({ imageId, verdict, explanation }) => ({
    imageId,
    explanation,
    ...(verdict ? { verdict } : {}),
  }));
