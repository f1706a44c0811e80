"use client";

import { useState } from "react";
import { Key } from "@/app/_ui/key";
import { useKeys } from "@/app/_ui/use-keys";
import type { Judge } from "@/db/enums";
import type { Metrics } from "@/server/metrics/show-metrics";
import { Behind } from "./behind";
import { ScatterFigure } from "./scatter-figure";

export type Shown = NonNullable<Metrics["shown"]>;
export type Point = Shown["points"][number];
type Props = { project: string; judge: Judge; shown: Shown };

/** Every grid as a point, and the images of the one under the pointer or reached by keys. */
export function Outliers({ project, judge, shown }: Props) {
  const points = shown.points.toSorted((one, other) => one.score - other.score);
  const [chosenId, setChosenId] = useState(() => farthest(points)?.gridId);
  const at = points.findIndex(({ gridId }) => gridId === chosenId);
  const choose = (place: number) => setChosenId(points[place]?.gridId ?? chosenId);
  useKeys((key) => {
    const low = key.toLowerCase();
    if (low === "j") return () => choose(at + 1);
    if (low === "k") return () => choose(at - 1);
    return null;
  });
  const chosen = points[at];
  return (
    <div className="grid grid-cols-[min(50%,680px)_minmax(0,680px)] items-start gap-x-9 gap-y-6 max-lg:grid-cols-1">
      <ScatterFigure
        project={project}
        shown={shown}
        points={points}
        chosenId={chosenId}
        onChoose={setChosenId}
      />
      <div>
        {chosen ? <Behind project={project} judge={judge} shown={shown} point={chosen} /> : null}
        <p className="mt-2 flex items-center gap-1.5 small-print">
          <Key>J</Key>
          <Key>K</Key> next and last grid by score
        </p>
      </div>
    </div>
  );
}

/** The grid about which score and people differ most, by their places in either order. */
function farthest(points: readonly Point[]): Point | undefined {
  const byCount = points.toSorted((one, other) => one.correct - other.correct);
  const apart = (point: Point) => Math.abs(points.indexOf(point) - byCount.indexOf(point));
  return points.toSorted((one, other) => apart(other) - apart(one))[0];
}
