import { readProbe } from "@/server/comparison/domain/read-probe";
import { readTrace } from "@/server/comparison/domain/read-trace";
import type { ShownPair } from "@/server/comparison/show-compared-pair";
import type { Comparison } from "@/server/comparison/show-comparison";
import { drawnByExactly, drawnByWords } from "../../_generators/drawn-by-words";
import type { Place } from "../../pairs/[id]/_pair/sheet";
import { cellAt, type Sheet } from "./cell-at";
import { ProbeFigure } from "./probe-figure";
import { toldWords } from "./told-words";
import { TraceFigure } from "./trace-figure";

export type ToldProps = {
  shown: ShownPair | undefined;
  sheet: Sheet | undefined;
  place: Place;
  pair: Comparison["pairs"][number];
};

/** The prompt, and how the second generator came to its image where it told. */
export function Told({ shown, sheet, place, pair }: ToldProps) {
  const cell = cellAt(sheet, place);
  const told = shown?.traces.find(({ imageId }) => imageId === cell?.imageId);
  const searched = told ? readTrace(told.trace, told.position) : null;
  const probed = told ? readProbe(told.trace, told.position) : null;
  const prompt = shown?.prompts.find(({ position }) => position === place.prompt);
  return (
    <div className="min-w-0 text-13">
      {prompt ? <p className="mb-2 text-ink-2">“{prompt.text}”</p> : null}
      {pair.latent ? <p className="small-print mb-2">Expected instead: {pair.latent}</p> : null}
      {told ? (
        <p className="small-print mb-2" title={drawnByExactly(told)}>
          {drawnByWords(told)}
        </p>
      ) : null}
      {told ? <p className="small-print mb-2">{toldWords(told.words)}</p> : null}
      {searched ? <TraceFigure searched={searched} /> : null}
      {probed ? <ProbeFigure probed={probed} /> : null}
    </div>
  );
}
