import { ShowMetrics } from "@/server/metrics/schemas";

export type Asked = Partial<ShowMetrics>;

const { judge, scorerId, by } = ShowMetrics.shape;

/** What the address asks for; what it does not say well is not asked. */
export function askedIn(search: Record<string, unknown>): Asked {
  return {
    judge: judge.safeParse(search.judge).data,
    scorerId: scorerId.safeParse(search.scorer).data,
    by: by.safeParse(search.by).data,
  };
}
