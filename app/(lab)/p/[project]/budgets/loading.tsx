import { Page } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";

export default function BudgetsLoading() {
  return (
    <Page>
      <Skeleton className="mb-2 h-6 w-80" />
      <Skeleton className="mb-4 h-4 w-96" />
      <Skeleton className="mb-6 h-52 w-full" />
      <Skeleton className="h-60 w-full" />
    </Page>
  );
}
