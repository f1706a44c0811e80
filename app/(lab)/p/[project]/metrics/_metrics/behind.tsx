"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Link } from "@/app/_ui/link";
import { Skeleton } from "@/app/_ui/skeleton";
import { StateLabel } from "@/app/_ui/state-label";
import type { Judge } from "@/db/enums";
import type { Point, Shown } from "./outliers";

type Props = { project: string; judge: Judge; shown: Shown; point: Point };

const PLACES = Array.from({ length: 20 }, (_, place) => place);

/** The images behind one point, the highest score first, each with what people said. */
export function Behind({ project, judge, shown, point }: Props) {
  const trpc = useTRPC();
  const { data: images } = useQuery(
    trpc.metrics.images.queryOptions({
      project,
      judge,
      gridId: point.gridId,
      scorerId: shown.scorer.id,
      by: shown.by,
    }),
  );
  return (
    <section aria-label="The images behind the point">
      <h2 className="truncate">
        <Link href={`/p/${project}/pairs/${point.pairId}`} className="link">
          {point.pair}
        </Link>
      </h2>
      <p className="mb-2 small-print" aria-live="polite">
        {point.generator}: {point.correct} of 20 correct, mean score {point.score.toFixed(3)}{" "}
        {point.steered ? <StateLabel kind="near-limit">Steered by this score</StateLabel> : null}
      </p>
      <ol className="grid grid-cols-5 gap-1.5">
        {images
          ? images.map(({ imageId, isCorrect, score }) => (
              <li key={imageId}>
                <img
                  src={`/api/images/${imageId}?w=160`}
                  alt={`Score ${score.toFixed(3)}, ${wordOf(isCorrect)}`}
                  className="aspect-square w-full rounded-1 bg-surface-well object-contain"
                />
                <span className="flex items-center gap-1 text-11 text-ink-2">
                  <Mark isCorrect={isCorrect} />
                  {score.toFixed(3)}
                </span>
              </li>
            ))
          : PLACES.map((place) => (
              <li key={place}>
                <Skeleton className="aspect-square w-full" />
              </li>
            ))}
      </ol>
    </section>
  );
}

const wordOf = (isCorrect: boolean | null) =>
  isCorrect === null ? "no verdict" : isCorrect ? "correct" : "incorrect";

function Mark({ isCorrect }: { isCorrect: boolean | null }) {
  if (isCorrect === null) return <span>–</span>;
  return isCorrect ? (
    <Check aria-hidden className="size-3 text-good" />
  ) : (
    <X aria-hidden className="size-3 text-bad" />
  );
}
