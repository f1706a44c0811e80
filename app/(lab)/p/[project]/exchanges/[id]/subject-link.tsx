import { Link } from "@/app/_ui/link";
import type { ExchangeDetail } from "@/server/mining/exchange-detail";

export type SubjectLinkProps = {
  project: string;
  exchange: Pick<ExchangeDetail, "batch" | "pair" | "inquiry">;
};

/** What the question was about, and where that stands. */
export function SubjectLink({ project, exchange: { batch, pair, inquiry } }: SubjectLinkProps) {
  if (inquiry?.rerunsId)
    return (
      <Link href={`/p/${project}/exchanges/${inquiry.rerunsId}`} className="link">
        a look at another answer
      </Link>
    );
  if (batch)
    return (
      <Link href={`/p/${project}/pairs?pattern=${batch.patternId}`} className="link">
        batch {batch.number} of {batch.pattern}
      </Link>
    );
  if (pair)
    return (
      <Link href={`/p/${project}/pairs/${pair.id}`} className="link">
        {pair.a} × {pair.b}
      </Link>
    );
  return (
    <Link href={`/p/${project}/patterns`} className="link">
      {inquiry?.pattern ?? "the patterns"}
    </Link>
  );
}
