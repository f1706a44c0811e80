import type { Judge, LevelSource, RatingMode, SeatKind, Verdict } from "@/db/enums";
import {
  CONSENSUS_RULE_VERSION,
  type Consensus,
  consensusOf,
  type Decided,
  type VotedImage,
} from "./consensus";
import { countedSeats, isJoint } from "./counted-seats";
import type { Grade } from "./grade";
import { IMAGES_PER_GRID, LEVEL_RULE_VERSION, type Level, wilsonInterval } from "./level";

/** What the raters of one grid said, and what stands of it (teacup_votes in drizzle/0018). */
export type Votes = {
  gridId: string;
  projectId: string;
  mode: RatingMode;
  seats: VotingSeat[];
  imageIds: string[];
  /** By sitting, then by image. */
  ballots: Record<string, Record<string, Verdict>>;
  /** Adjudicated images. */
  rulings: Record<string, Verdict>;
  /** Joint Levels that stand now. */
  standing: { source: LevelSource; correct: number }[];
};
export type VotingSeat = {
  /** Null while nobody has completed it. */
  sittingId: string | null;
  kind: SeatKind;
  isCompleted: boolean;
  isSimulated: boolean;
};

export type Joint = {
  consensus: Consensus & {
    judge: Judge;
    ruleVersion: number;
    raters: number;
    firstLevel: Level | null;
    auditedLevel: Level | null;
  };
  /** The Level that stands says the same already. */
  isLevelKept: boolean;
  level?: Grade & { source: LevelSource; ruleVersion: number };
};

/** Each image with what the raters who count said of it; no votes before all of them have judged. */
export function countedVotes(votes: Votes): (VotedImage & { imageId: string })[] {
  return votesAt(votes, countedSeats(votes.seats));
}

/**
 * What the raters of a grid say together; null before every planned seat is completed, and of a screened
 * grid, whose raters stop at different images.
 */
export function jointOf(votes: Votes): Joint | null {
  const counted = votes.mode === "full" ? countedSeats(votes.seats) : [];
  if (counted.length === 0) return null;
  const consensus = consensusOf(votesAt(votes, counted));
  const first = counted.filter((seat) => seat.kind !== "audit");
  const isAudited = first.length < counted.length;
  const firstVotes = votesAt(votes, first).map((image) => ({ ...image, adjudicated: null }));
  const judge = counted[0]?.isSimulated ? "simulated" : "human";
  const level = jointLevel(judge, counted.length, consensus);
  return {
    consensus: {
      ...consensus,
      judge,
      ruleVersion: CONSENSUS_RULE_VERSION,
      raters: counted.length,
      firstLevel: consensusOf(firstVotes).level,
      auditedLevel: isAudited ? consensus.level : null,
    },
    isLevelKept: level !== undefined && stands(votes, level),
    level,
  };
}

function votesAt({ imageIds, ballots, rulings }: Votes, seats: readonly VotingSeat[]) {
  const counted = seats.flatMap(({ sittingId }) => (sittingId ? [ballots[sittingId] ?? {}] : []));
  return imageIds.map((imageId) => ({
    imageId,
    votes: counted.flatMap((ballot) => ballot[imageId] ?? []),
    adjudicated: decidedOf(rulings[imageId]),
  }));
}

const decidedOf = (ruling: Verdict | undefined): Decided | null =>
  ruling === "correct" || ruling === "incorrect" ? ruling : null;

/** One rater's word needs no second row: the Level of its sitting says it. */
function jointLevel(
  judge: Judge,
  raters: number,
  { correct, level, adjudicated }: Consensus,
): Joint["level"] {
  if (!isJoint(raters, adjudicated) || level === null) return undefined;
  return {
    source: judge === "simulated" ? "simulated" : adjudicated > 0 ? "adjudicated" : "consensus",
    ruleVersion: LEVEL_RULE_VERSION,
    correct,
    rated: IMAGES_PER_GRID,
    level,
    ...wilsonInterval(correct, IMAGES_PER_GRID),
  };
}

const stands = ({ standing }: Votes, { source, correct }: NonNullable<Joint["level"]>) =>
  standing.length === 1 && standing[0]?.source === source && standing[0].correct === correct;
