import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { StateLabel } from "@/app/_ui/state-label";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import { OutsideVocabulary } from "../_pairs/outside-vocabulary";
import { EditCase } from "./edit-case";
import { LearnedFrom } from "./learned-from";
import { TwinTable } from "./twin-table";
import type { Reviewing } from "./use-review";
import { useReviewCase } from "./use-review-case";

export type ReviewCaseProps = { project: string; item: ReviewItem; review: Reviewing };

export function ReviewCase({ project, item, review }: ReviewCaseProps) {
  const found = useReviewCase(project, item, review.open);
  const batch = item.batchNumber ? `, batch ${item.batchNumber}` : "";
  return (
    <div className="min-h-0 flex-1 overflow-auto px-7 pt-4.5 pb-4 max-md:px-4 max-md:pt-3">
      <div className="flex items-baseline gap-x-3 max-md:flex-wrap">
        <h1 className="text-26">
          <PairName a={item.a} b={item.b} />
        </h1>
        {item.step ? <StateLabel kind="near-limit">Looks like a pair you have</StateLabel> : null}
        <span className="small-print ml-auto shrink-0 max-md:ml-0 max-md:shrink">
          <Link href={`/p/${project}/pairs?pattern=${item.patternId}`} className="hover:underline">
            {item.pattern}
          </Link>
          {batch}
          {item.batchId ? <LearnedFrom project={project} batchId={item.batchId} /> : null}
        </span>
      </div>
      {review.state.mode === "edit" ? (
        <EditCase
          project={project}
          item={item}
          draft={review.state.drafts.get(item.id) ?? null}
          onSave={review.edit}
          onCancel={review.leaveEdit}
        />
      ) : (
        <>
          <OutsideVocabulary project={project} concepts={[item.a, item.b]} />
          <TwinTable project={project} item={item} found={found} />
        </>
      )}
    </div>
  );
}
