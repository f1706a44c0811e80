import { Page } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";

export default function MetricsLoading() {
  return (
    <Page>
      <Skeleton className="mb-2 h-6 w-80" />
      <Skeleton className="mb-4 h-4 w-96" />
      <div className="grid grid-cols-2 gap-6">
        <Skeleton className="h-[360px] w-full" />
        <Skeleton className="h-[360px] w-full" />
      </div>
    </Page>
  );
}
