import { Link } from "@/app/_ui/link";
import type { PatternState } from "@/db/enums";
import type { PatternDetail } from "@/server/mining/pattern-detail";

const PHASE: Record<number, string> = {
  1: "Phase 1, seeds",
  3: "Phase 3, new pattern",
  4: "Phase 4, crossing",
};

const STATE = {
  proposed: "waits for a decision",
  approved: "approved",
  retired: "retired",
  rejected: "rejected",
  merged: "merged into ",
} satisfies Record<PatternState, string>;

/** Where a pattern comes from and what became of it, in a line. */
export function Standing({ project, detail }: { project: string; detail: PatternDetail }) {
  const { pattern, exchange, mergedInto } = detail;
  return (
    <>
      {PHASE[pattern.phase]} · {STATE[pattern.state]}
      {mergedInto ? (
        <Link href={`/p/${project}/patterns/${mergedInto.id}`} className="link">
          {mergedInto.name}
        </Link>
      ) : null}
      {exchange ? (
        <>
          {" "}
          · proposed by {exchange.model},{" "}
          <Link href={`/p/${project}/exchanges/${exchange.id}`} className="link">
            what it answered
          </Link>
        </>
      ) : null}
    </>
  );
}
