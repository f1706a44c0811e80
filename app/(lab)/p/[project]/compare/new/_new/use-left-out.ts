import { useState } from "react";
import type { Choices } from "@/server/comparison/repair-choices";

type Offered = Pick<Choices, "baselineId"> & {
  pairs: readonly Pick<Choices["pairs"][number], "pairId" | "unknown">[];
};

/**
 * Which of the baseline's pairs are not drawn. Until a person has chosen: all but the one that they came from, else those
 * with a concept that the baseline does not know, which fail there for want of the word. Another baseline begins anew.
 */
export function useLeftOut({ baselineId, pairs }: Offered, onlyPairId?: string) {
  const [chosen, choose] = useState<{ of: string | null; ids: ReadonlySet<string> } | null>(null);
  const isOffered = pairs.some(({ pairId }) => pairId === onlyPairId);
  const atFirst = pairs.filter(({ pairId, unknown }) =>
    isOffered ? pairId !== onlyPairId : unknown.length > 0,
  );
  const leftOut =
    chosen && chosen.of === baselineId ? chosen.ids : new Set(atFirst.map(({ pairId }) => pairId));
  return { leftOut, leaveOut: (ids: ReadonlySet<string>) => choose({ of: baselineId, ids }) };
}
