export type TreePattern = { id: string; parentIds: readonly string[] };
export type TreeRow<T> = {
  pattern: T;
  depth: number;
  /** Parents other than the one it stands under. */
  otherParentIds: string[];
};

/**
 * Rows of the tree, roots in the order given and each crossing once, below its first parent.
 * A pattern whose parents are not listed is a root.
 */
export function patternTree<T extends TreePattern>(patterns: readonly T[]): TreeRow<T>[] {
  const listed = new Set(patterns.map(({ id }) => id));
  const parentOf = (pattern: T) => pattern.parentIds.find((id) => listed.has(id));
  const placed = new Set<string>();

  const place = (pattern: T, depth: number): TreeRow<T>[] => {
    if (placed.has(pattern.id)) return [];
    placed.add(pattern.id);
    const under = parentOf(pattern);
    const row = { pattern, depth, otherParentIds: pattern.parentIds.filter((id) => id !== under) };
    const children = patterns.filter((child) => parentOf(child) === pattern.id);
    return [row, ...children.flatMap((child) => place(child, depth + 1))];
  };
  const roots = patterns.filter((pattern) => !parentOf(pattern)).flatMap((root) => place(root, 0));
  // Rows that a circle keeps from any root would otherwise be lost; the database should hold none.
  return [...roots, ...patterns.flatMap((pattern) => place(pattern, 0))];
}

export type ParentLink = { childId: string; parentId: string };

/** Whether making `parentId` a parent of `childId` would let a pattern descend from itself. */
export function closesCircle(
  links: readonly ParentLink[],
  { childId, parentId }: ParentLink,
): boolean {
  const above = new Set([parentId]);
  for (const id of above)
    for (const link of links) if (link.childId === id) above.add(link.parentId);
  return above.has(childId);
}
