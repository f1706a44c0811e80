import { TriangleAlert } from "lucide-react";

export type UnknownToProps = {
  generator: string;
  /** Named where the mark stands beside more than one. */
  concepts?: readonly string[];
};

/** Marks concepts outside a generator's vocabulary: what it draws of them says little. */
export function UnknownTo({ generator, concepts = [] }: UnknownToProps) {
  return (
    <span className="block text-12 text-warn" title={`Not in the vocabulary of ${generator}`}>
      <TriangleAlert aria-hidden className="mr-1 inline size-3.5 align-text-bottom" />
      {concepts.length > 0 ? `${concepts.join(", ")} ` : null}
      unknown to {generator}
    </span>
  );
}
