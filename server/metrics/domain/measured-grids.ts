export type JudgedImage = {
  gridId: string;
  pairId: string;
  patternId: string;
  revisionId: string;
  /** How many of the grid's images were found correct, by its Level. */
  correct: number;
  imageId: string;
  /** null: broken, or as many for as against. */
  isCorrect: boolean | null;
};

/** What a measure says of one image; null: it was not asked. */
export type Said = { value: number; steered: boolean } | null;
export type MeasuredGrid = {
  gridId: string;
  pairId: string;
  patternId: string;
  revisionId: string;
  correct: number;
  /** The mean over its images. */
  score: number;
  steered: boolean;
  images: { pairId: string; score: number; isCorrect: boolean }[];
};

/** Grids of which every image was scored: the mean of some of them would be that of another grid. */
export function measuredGrids(
  judged: readonly JudgedImage[],
  say: (image: JudgedImage) => Said,
): MeasuredGrid[] {
  return [...Map.groupBy(judged, ({ gridId }) => gridId).values()].flatMap((rows) => {
    const [first] = rows;
    const said = rows.flatMap((image) => say(image) ?? []);
    if (!first || said.length < rows.length) return [];
    const { gridId, pairId, patternId, revisionId, correct } = first;
    const images = rows.flatMap(({ isCorrect }, at) =>
      isCorrect === null ? [] : [{ pairId, score: said[at]?.value ?? 0, isCorrect }],
    );
    const score = said.reduce((sum, { value }) => sum + value, 0) / said.length;
    const steered = said.some((one) => one.steered);
    return [{ gridId, pairId, patternId, revisionId, correct, score, steered, images }];
  });
}
