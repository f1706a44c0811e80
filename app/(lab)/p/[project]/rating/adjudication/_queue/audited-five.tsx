"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { many } from "../../../_board/board-words";

/** The share of Level 5 with and without the audit's second look; nothing before there was one. */
export function AuditedFive({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.adjudication.auditedShare.queryOptions({ project }));
  if (!data || data.audited === 0) return null;
  const share = (five: number) => `${((five / data.grids) * 100).toFixed(1)} %`;
  return (
    <p className="mb-3 text-13">
      Level 5 in {share(data.fiveFirst)} of {many(data.grids, "grid")} by the first look alone,{" "}
      {share(data.fiveAudited)} with the audit’s second look at {data.audited} of them.
    </p>
  );
}
