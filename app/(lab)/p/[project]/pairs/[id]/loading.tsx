import { Page } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";

export default function PairLoading() {
  return (
    <Page>
      <Skeleton className="mb-2 h-6 w-80" />
      <Skeleton className="mb-3.5 h-4 w-96" />
      <Skeleton className="mb-3.5 h-[74px] w-full" />
      <div className="grid grid-cols-2 gap-7 max-[1000px]:grid-cols-1">
        <Skeleton className="aspect-[5/4] w-full" />
        <Skeleton className="h-60 w-full" />
      </div>
    </Page>
  );
}
