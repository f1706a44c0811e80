"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Key } from "@/app/_ui/key";
import { Skeleton } from "@/app/_ui/skeleton";
import { VERDICT_LOOK } from "@/app/(rate)/rate/[sitting]/_room/verdict-look";
import type { ShownExample } from "@/server/rating/guideline-examples";
import type { GoldGrid } from "@/server/rating/show-gold";
import { SettledGrids } from "../_settled/settled-grids";

export type PickExampleProps = {
  project: string;
  taken: readonly string[];
  onPick: (example: ShownExample) => void;
  onClose: () => void;
};

/** First the grid, by its pair; then the image in it. */
export function PickExample({ project, taken, onPick, onClose }: PickExampleProps) {
  const [gridId, setGridId] = useState<string | null>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add an example"
      description="From grids that all their raters have done. Gold grids are left out: raters must not know their answers."
      width={760}
    >
      {gridId ? (
        <PickImage project={project} gridId={gridId} taken={taken} onPick={onPick} />
      ) : (
        <SettledGrids
          project={project}
          act="Look at its images"
          isOffered={({ gold }) => gold !== "gold"}
          onChoose={setGridId}
        />
      )}
      <DialogActions>
        {gridId ? <Button onClick={() => setGridId(null)}>Another grid</Button> : null}
        <Button variant="quiet" onClick={onClose}>
          Back <Key>Esc</Key>
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type PickImageProps = Pick<PickExampleProps, "project" | "taken" | "onPick"> & { gridId: string };

function PickImage({ project, gridId, taken, onPick }: PickImageProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.rating.goldGrid.queryOptions({ project, gridId }));
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <Skeleton className="h-80" />;
  return (
    <ul aria-label="Images" className="grid grid-cols-5 gap-2 max-[700px]:grid-cols-3">
      {data.images.map((image) => (
        <li key={image.imageId}>
          <ImageChoice
            image={image}
            isTaken={taken.includes(image.imageId)}
            onChoose={() => onPick(exampleOf(data, image))}
          />
        </li>
      ))}
    </ul>
  );
}

type Image = GoldGrid["images"][number];

function exampleOf({ conceptA, conceptB }: GoldGrid, image: Image): ShownExample {
  const { imageId, prompt, said } = image;
  return { imageId, prompt, conceptA, conceptB, verdict: said ?? "incorrect", caption: "" };
}

type ImageChoiceProps = { image: Image; isTaken: boolean; onChoose: () => void };

function ImageChoice({ image, isTaken, onChoose }: ImageChoiceProps) {
  const { word, Icon, ink } = VERDICT_LOOK[image.said ?? "unrated"];
  return (
    <button
      type="button"
      disabled={isTaken}
      aria-label={`Image ${image.position}, ${isTaken ? "an example already" : word}`}
      title={image.prompt}
      onClick={onChoose}
      className="grid w-full gap-1 rounded-2 border border-line p-1 text-12 hover:border-line-control disabled:opacity-50"
    >
      <img
        src={`/api/images/${image.imageId}?w=320`}
        alt=""
        loading="lazy"
        className="aspect-square w-full rounded-1 bg-surface-well object-contain"
      />
      <span className={`flex items-center gap-1 [&_svg]:size-4 ${ink}`}>
        <Icon aria-hidden />
        {word}
      </span>
    </button>
  );
}
