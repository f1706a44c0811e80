import type { Db } from "@/db/client";
import { agreementFigures } from "@/db/schema";
import type { KeptPage } from "@/server/figures/kept-page";
import type { JudgedGrid } from "./domain/judged-grid";
import { readBasis } from "./read-basis";
import { readJudgedGrids } from "./read-judged-grids";
import { readPromptLengths } from "./read-prompt-lengths";
import { reckonAgreement } from "./reckon-agreement";
import { AskedFigures } from "./schemas";

export type KeptFigures = Awaited<ReturnType<typeof reckon>>;

/** Everything the page shows but names, which may change without a verdict. */
async function reckon(
  db: Db,
  projectId: string,
  { revisionId, judge, bucket, ...filter }: AskedFigures,
) {
  const scope = { projectId, revisionId, judge };
  const [{ grids, repeats, raters }, lengths] = await Promise.all([
    readJudgedGrids(db, scope),
    readPromptLengths(db, scope),
  ]);
  const isWanted = wantedBy(filter);
  return {
    choices: {
      patternIds: [...new Set(grids.map((grid) => grid.patternId))],
      raterIds: [...raters.keys()],
      rounds: [...new Set(grids.map((grid) => grid.round))].toSorted((x, y) => x - y),
    },
    ...(await reckonAgreement({
      grids: grids.filter(isWanted),
      repeats: repeats.filter(({ grid }) => isWanted(grid)),
      lengths,
      bucket,
    })),
  };
}

const wantedBy =
  ({ patternId, round, raterId }: Pick<AskedFigures, "patternId" | "round" | "raterId">) =>
  (grid: JudgedGrid) =>
    (!patternId || grid.patternId === patternId) &&
    (!round || grid.round === round) &&
    (!raterId || grid.sittings.some((sitting) => sitting.raterId === raterId));

export const KEPT_AGREEMENT: KeptPage<AskedFigures, KeptFigures> = {
  table: agreementFigures,
  job: "agreement.reckon",
  topic: "agreement",
  readBasis,
  readAsked: (asked) => AskedFigures.parse(asked),
  reckon,
};
