export type DiffPart = { kind: "same" | "added" | "removed"; text: string };

/**
 * What a reader has to look at between two texts: line by line, and within lines that changed word by
 * word. Lines are paragraphs here, so a changed comma would otherwise mark a whole paragraph.
 */
export function textDiff(before: string, after: string): DiffPart[] {
  const lines = compare(linesOf(before), linesOf(after));
  const parts: DiffPart[] = [];
  let removed = "";
  let added = "";
  const settle = () => {
    if (removed && added) parts.push(...compare(wordsOf(removed), wordsOf(added)));
    else if (removed) parts.push({ kind: "removed", text: removed });
    else if (added) parts.push({ kind: "added", text: added });
    removed = "";
    added = "";
  };
  for (const { kind, text } of lines) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      settle();
      parts.push({ kind, text });
    }
  }
  settle();
  return joined(parts);
}

/** How many words came and went, for one line in a list. */
export function countChange(parts: readonly DiffPart[]): { added: number; removed: number } {
  const words = (kind: DiffPart["kind"]) =>
    parts
      .filter((part) => part.kind === kind)
      .reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0);
  return { added: words("added"), removed: words("removed") };
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+/g) ?? [];
const wordsOf = (text: string) => text.match(/\s+|\S+/g) ?? [];

// Beyond this the table of a longest common subsequence is too large to be worth it: all old, then all new.
const MOST_CELLS = 4_000_000;

function compare(before: readonly string[], after: readonly string[]): DiffPart[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end += 1;
  const same = (text: string): DiffPart => ({ kind: "same", text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function middle(before: readonly string[], after: readonly string[]): DiffPart[] {
  const removed = before.map((text): DiffPart => ({ kind: "removed", text }));
  const added = after.map((text): DiffPart => ({ kind: "added", text }));
  if (before.length * after.length > MOST_CELLS) return [...removed, ...added];
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const parts: DiffPart[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length && column < after.length) {
    const [gone, come] = [removed[row], added[column]];
    if (!gone || !come) break;
    if (gone.text === come.text) {
      parts.push({ kind: "same", text: gone.text });
      row += 1;
      column += 1;
    } else if (
      (common[(row + 1) * width + column] ?? 0) >= (common[row * width + column + 1] ?? 0)
    ) {
      parts.push(gone);
      row += 1;
    } else {
      parts.push(come);
      column += 1;
    }
  }
  return [...parts, ...removed.slice(row), ...added.slice(column)];
}

/** [row, column]: how long the longest common subsequence from there to the ends is. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      common[at] =
        before[row] === after[column]
          ? (common[at + width + 1] ?? 0) + 1
          : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  return common;
}

function joined(parts: readonly DiffPart[]): DiffPart[] {
  const found: DiffPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last?.kind === part.kind) last.text += part.text;
    else found.push({ ...part });
  }
  return found;
}
