import { Page } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";

export default function ProjectLoading() {
  return (
    <Page>
      <Skeleton className="mb-2 h-6 w-80" />
      <Skeleton className="mb-4 h-4 w-96" />
      <Skeleton className="h-[388px] w-full" />
    </Page>
  );
}
