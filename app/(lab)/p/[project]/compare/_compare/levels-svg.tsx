"use client";

import { Download } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/app/_ui/button";
import { LEVELS } from "@/server/comparison/domain/level-counts";
import type { Comparison } from "@/server/comparison/show-comparison";
import { CsvButton } from "../../plots/_plots/csv-button";
import { saveText } from "../../plots/_plots/save-text";
import { standaloneSvg } from "../../plots/_plots/standalone-svg";
import { nameOf, wholePercent } from "./words";

const WIDTH = 720;
const LABEL = 220;
const ROW = 28;
/** From this width on a part has room for its share beside its count. */
const ROOM = 64;
const TITLE = "Levels at the fresh seeds";

/** The bars as a drawing and as a table to take away; the drawing stands outside the screen, in the page's own colours. */
export function LevelsSvg({ project, comparison }: { project: string; comparison: Comparison }) {
  const drawing = useRef<SVGSVGElement>(null);
  const { generators, repair, judge } = comparison;
  const name = `${project}-comparison-${repair.number}-levels-${judge}`;
  const save = () => {
    if (drawing.current)
      saveText(`${name}.svg`, "image/svg+xml", standaloneSvg(drawing.current, TITLE));
  };
  return (
    <span className="ml-auto flex gap-1">
      <Button variant="quiet" size={26} onClick={save} aria-label={`${TITLE}: download SVG`}>
        <Download aria-hidden /> SVG
      </Button>
      <CsvButton
        title={TITLE}
        name={name}
        head={[
          "generator",
          "revision",
          "method",
          "baseline",
          "rated",
          ...LEVELS.map((level) => `level_${level}`),
          "still_5",
          "still_5_low",
          "still_5_high",
          "images_asked_in_detail",
          "images_substituted",
          "evals_per_image",
          "backwards_per_image",
          "seconds_per_image",
        ]}
        rows={generators.map((one) => [
          one.name,
          one.number,
          one.method,
          one.isBaseline,
          one.levels.rated,
          ...one.levels.counts,
          one.levels.five?.share ?? null,
          one.levels.five?.low ?? null,
          one.levels.five?.high ?? null,
          one.substituted?.asked ?? null,
          one.substituted?.substituted ?? null,
          one.cost?.evals ?? null,
          one.cost?.backwards ?? null,
          one.cost?.seconds ?? null,
        ])}
      />
      <svg
        ref={drawing}
        aria-hidden
        width={WIDTH}
        height={generators.length * ROW + 8}
        className="pointer-events-none fixed -left-[2000px]"
      >
        {generators.map((one, row) => (
          <Bar key={one.revisionId} one={one} top={row * ROW + 4} />
        ))}
      </svg>
    </span>
  );
}

function Bar({ one, top }: { one: Comparison["generators"][number]; top: number }) {
  const { counts, rated } = one.levels;
  const scale = (WIDTH - LABEL - 4) / Math.max(1, rated);
  const startOf = (level: number) =>
    LABEL + scale * counts.slice(0, level).reduce((sum, count) => sum + count, 0);
  return (
    <g fontSize={12}>
      <text x={4} y={top + 16} fill="var(--ink)">
        {nameOf(one)}
      </text>
      {LEVELS.map((level, at) => {
        const count = counts[at] ?? 0;
        return count === 0 ? null : (
          <g key={level}>
            <rect
              x={startOf(at)}
              y={top}
              width={count * scale}
              height={ROW - 6}
              fill={`var(--level-${level})`}
              stroke={`var(--level-${level}-edge)`}
            />
            <text
              x={startOf(at) + (count * scale) / 2}
              y={top + 16}
              textAnchor="middle"
              fill={`var(--level-${level}-ink)`}
            >
              {count}
              {count * scale >= ROOM ? ` · ${wholePercent(count / rated)} %` : ""}
            </text>
          </g>
        );
      })}
    </g>
  );
}
