type Asked = { revisionId: string };
type Drawn = { generatorRevisionId: string; seedSet: number };

/** One sheet a generator, in the order of the runs: where broken images were drawn again, the set with the spare seeds has them all. */
export function newestSheets<S extends Drawn>(asked: readonly Asked[], sheets: readonly S[]): S[] {
  const ids = [...new Set(asked.map(({ revisionId }) => revisionId))];
  return ids.flatMap((revisionId) => {
    const own = sheets.filter(({ generatorRevisionId }) => generatorRevisionId === revisionId);
    return own.toSorted((one, other) => other.seedSet - one.seedSet).slice(0, 1);
  });
}
