import type { Judge, LevelSource, RatingMode, SeatKind, Verdict } from "@/db/enums";
import { consensusOf, type VotedImage } from "./consensus";
import { countedSeats, isJoint } from "./counted-seats";
import { gradeOf } from "./grade";
import { IMAGES_PER_GRID } from "./level";
import { asShown, type ShownAs } from "./screen-order";

/** What a grid's Levels are derived from, read from the log of verdict events and not from what was kept of it. */
export type GridEvidence = {
  mode: RatingMode;
  layout: ShownAs["layout"];
  images: readonly { imageId: string; position: number; adjudicated: VotedImage["adjudicated"] }[];
  seats: readonly { sittingId: string | null; kind: SeatKind; isCompleted: boolean }[];
  /** Submitted for a Level, with the last verdict that each image was given. */
  sittings: readonly {
    sittingId: string;
    mode: RatingMode;
    orderSeed: number;
    isSimulated: boolean;
    verdicts: ReadonlyMap<string, Verdict>;
  }[];
};

/** One line each, so that what is kept and what follows from the events can be compared as sets. */
export type RecordedLevels = { levels: string[]; consensus: string | null };

type SaidLevel = {
  sittingId: string | null;
  source: LevelSource;
  mode: RatingMode;
  correct: number;
  rated: number;
  level: number | null;
};

export const sayLevel = ({ sittingId, source, mode, correct, rated, level }: SaidLevel): string =>
  `${source} ${sittingId ?? "together"} ${mode}: ${correct} of ${rated}, Level ${level ?? "at most 4"}`;

type SaidConsensus = {
  judge: Judge;
  raters: number;
  unanimous: number;
  majority: number;
  adjudicated: number;
  open: number;
  isBoundary: boolean;
};

export const sayConsensus = (said: SaidConsensus): string =>
  `${said.judge} ${said.raters}: ${said.unanimous} unanimous, ${said.majority} by majority, ${said.adjudicated} adjudicated, ${said.open} open${said.isBoundary ? ", on the boundary" : ""}`;

/** The Levels and the consensus that the rules make of these events. */
export function levelsFrom(grid: GridEvidence): RecordedLevels {
  const own = grid.sittings.flatMap((sitting) => ownLevel(grid, sitting));
  const joint = grid.mode === "full" ? jointWord(grid) : null;
  return {
    levels: [...own, ...(joint?.level ? [joint.level] : [])],
    consensus: joint?.consensus ?? null,
  };
}

function ownLevel(grid: GridEvidence, sitting: GridEvidence["sittings"][number]): string[] {
  const cells = grid.images.map(({ imageId, position }) => ({
    position,
    verdict: sitting.verdicts.get(imageId) ?? null,
  }));
  const { sittingId, mode, orderSeed, isSimulated } = sitting;
  const grade = gradeOf(asShown(cells, { mode, orderSeed, layout: grid.layout }), mode);
  const source = isSimulated ? "simulated" : "rater";
  return grade ? [sayLevel({ sittingId, source, mode, ...grade })] : [];
}

function jointWord(grid: GridEvidence) {
  const sittingOf = new Map(grid.sittings.map((sitting) => [sitting.sittingId, sitting]));
  const counted = countedSeats(
    grid.seats.map((seat) => {
      const sitting = seat.sittingId === null ? undefined : sittingOf.get(seat.sittingId);
      return { ...seat, sitting, isSimulated: sitting?.isSimulated === true };
    }),
  );
  const [first] = counted;
  if (!first) return null;
  const images = grid.images.map(({ imageId, adjudicated }) => ({
    adjudicated,
    votes: counted.flatMap(({ sitting }) => sitting?.verdicts.get(imageId) ?? []),
  }));
  const judge: Judge = first.isSimulated ? "simulated" : "human";
  const { correct, level, ...told } = consensusOf(images);
  const source = judge === "simulated" ? judge : told.adjudicated > 0 ? "adjudicated" : "consensus";
  const isTold = isJoint(counted.length, told.adjudicated) && level !== null;
  const rated = IMAGES_PER_GRID;
  return {
    consensus: sayConsensus({ judge, raters: counted.length, ...told }),
    level: isTold
      ? sayLevel({ sittingId: null, source, mode: "full", correct, rated, level })
      : null,
  };
}
