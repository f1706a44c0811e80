import { ShowComparison } from "@/server/comparison/schemas";

export type Asked = Omit<ShowComparison, "judge"> & Partial<Pick<ShowComparison, "judge">>;

const { repair, judge, patternId, firstId, secondId } = ShowComparison.shape;

/** What the address asks for; what it does not say well is not asked. */
export function askedIn(search: Record<string, unknown>): Asked {
  return {
    repair: search.number ? repair.safeParse(Number(search.number)).data : undefined,
    judge: judge.safeParse(search.judge).data,
    patternId: patternId.safeParse(search.pattern).data,
    firstId: firstId.safeParse(search.first).data,
    secondId: secondId.safeParse(search.second).data,
  };
}
