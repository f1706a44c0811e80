import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Verdict } from "@/db/enums";
import { accounts, adjudications, consensuses, seats, sittings, verdicts } from "@/db/schema";
import { finalVerdict } from "@/server/rating/domain/consensus";
import type { RowOf } from "./column";
import type { ADJUDICATION_COLUMNS, VOTE_COLUMNS } from "./columns";
import { type Files, gridChunks, idsOf, imageOfGrid } from "./grid-chunks";
import { pseudonym } from "./rater";

/** Every image of the grids whose raters are done, with what became of their votes. */
export async function* voteRows(
  tx: Tx,
  projectId: string,
  files: Files,
): AsyncGenerator<RowOf<typeof VOTE_COLUMNS>> {
  for await (const cells of gridChunks(tx, projectId)) {
    const gridIds = idsOf(cells);
    const joint = Map.groupBy(await readConsensuses(tx, gridIds), (row) => row.gridId);
    const votes = Map.groupBy(await readVotes(tx, gridIds), (row) => row.imageId);
    const rulings = new Map((await readRulings(tx, gridIds)).map((row) => [keyOf(row), row]));
    for (const at of cells) {
      const settled = rulings.get(keyOf(at.cell))?.verdict;
      for (const { judge, ruleVersion, raters } of joint.get(at.grid.id) ?? []) {
        const cast = (votes.get(at.cell.imageId) ?? []).filter(
          (vote) => vote.gridId === at.grid.id && vote.isSimulated === (judge === "simulated"),
        );
        const said = cast.map((vote) => vote.verdict);
        const adjudicated = settled === "correct" || settled === "incorrect" ? settled : null;
        const final = finalVerdict({ votes: said, adjudicated });
        yield {
          ...imageOfGrid(at, files),
          source: judge,
          n_raters: raters,
          n_correct: countOf(said, "correct"),
          n_incorrect: countOf(said, "incorrect"),
          n_broken: countOf(said, "broken"),
          verdict: final.verdict,
          verdict_from: final.from,
          rule_version: ruleVersion,
        };
      }
    }
  }
}

export async function* adjudicationRows(
  tx: Tx,
  projectId: string,
  files: Files,
): AsyncGenerator<RowOf<typeof ADJUDICATION_COLUMNS>> {
  for await (const cells of gridChunks(tx, projectId)) {
    const rulings = await readRulings(tx, idsOf(cells));
    const byCell = new Map(rulings.map((row) => [keyOf(row), row]));
    for (const at of cells) {
      const ruling = byCell.get(keyOf(at.cell));
      if (!ruling) continue;
      yield {
        ...imageOfGrid(at, files),
        verdict: ruling.verdict,
        reason: ruling.reason,
        note: ruling.note,
        guideline_gap: ruling.isGuidelineGap,
        by: pseudonym(projectId, ruling.adjudicatedBy),
        at: ruling.createdAt,
      };
    }
  }
}

const keyOf = ({ gridId, imageId }: { gridId: string; imageId: string }) => `${gridId} ${imageId}`;
const countOf = (votes: readonly Verdict[], verdict: Verdict) =>
  votes.filter((vote) => vote === verdict).length;

const readConsensuses = (tx: Tx, gridIds: string[]) =>
  tx.select().from(consensuses).where(inArray(consensuses.gridId, gridIds));

/** Of completed seats: nothing else is counted. */
const readVotes = (tx: Tx, gridIds: string[]) =>
  tx
    .select({
      gridId: seats.gridId,
      imageId: verdicts.imageId,
      verdict: verdicts.verdict,
      isSimulated: accounts.isSimulated,
    })
    .from(seats)
    .innerJoin(sittings, eq(sittings.id, seats.sittingId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .innerJoin(verdicts, eq(verdicts.sittingId, sittings.id))
    .where(and(inArray(seats.gridId, gridIds), isNotNull(seats.completedAt)));

const readRulings = (tx: Tx, gridIds: string[]) =>
  tx.select().from(adjudications).where(inArray(adjudications.gridId, gridIds));
