import { Table, Th } from "@/app/_ui/table";
import { patternTree } from "@/server/mining/domain/pattern-tree";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { PatternRow } from "./pattern-row";

export type PatternTableProps = {
  project: string;
  patterns: readonly ListedPattern[];
  nameOf: (patternId: string) => string;
  onEdit: (pattern: ListedPattern) => void;
  onCross: (pattern: ListedPattern) => void;
};

/** The tree of patterns in use: crossings below their first parent. */
export function PatternTable({ patterns, nameOf, ...rest }: PatternTableProps) {
  return (
    <Table
      label="Patterns"
      head={
        <>
          <Th>Pattern</Th>
          <Th>Kind</Th>
          <Th num>Accepted</Th>
          <Th num>To review</Th>
          <Th num>Rated</Th>
          <Th className="w-56">Level 5, with 95 % interval</Th>
          <Th>Last batch and saturation</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </>
      }
    >
      {patternTree(patterns).map(({ pattern, depth, otherParentIds }) => (
        <PatternRow
          key={pattern.id}
          {...rest}
          pattern={pattern}
          depth={depth}
          otherParents={otherParentIds.map(nameOf)}
        />
      ))}
    </Table>
  );
}
