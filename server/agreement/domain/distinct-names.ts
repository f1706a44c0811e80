/** People may share a name: the second of them is shown as "Ada Byron (2)", in the order of their ids. */
export function distinctNames(
  people: Iterable<readonly [id: string, name: string]>,
): { id: string; name: string }[] {
  const seen = new Map<string, number>();
  return [...people]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, name]) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return { id, name: count === 1 ? name : `${name} (${count})` };
    });
}
