import { ShowAgreement } from "@/server/agreement/schemas";

export type Asked = Omit<ShowAgreement, "judge"> & Partial<Pick<ShowAgreement, "judge">>;
export type AskedName = "revision" | "judge" | "pattern" | "bucket" | "round" | "rater";

const { revisionId, judge, patternId, bucket, round, raterId } = ShowAgreement.shape;

/** What the address asks for; what it does not say well is not asked. */
export function askedIn(search: Record<string, unknown>): Asked {
  return {
    revisionId: revisionId.safeParse(search.revision).data,
    judge: judge.safeParse(search.judge).data,
    patternId: patternId.safeParse(search.pattern).data,
    bucket: bucket.safeParse(search.bucket).data,
    round: search.round ? round.safeParse(Number(search.round)).data : undefined,
    raterId: raterId.safeParse(search.rater).data,
  };
}
