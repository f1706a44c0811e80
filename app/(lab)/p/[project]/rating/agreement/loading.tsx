import { Page } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";

export default function AgreementLoading() {
  return (
    <Page>
      <Skeleton className="mb-2 h-6 w-96" />
      <Skeleton className="mb-4 h-4 w-80" />
      <Skeleton className="mb-6 h-56 w-full" />
      <div className="grid grid-cols-2 gap-6">
        <Skeleton className="h-[320px] w-full" />
        <Skeleton className="h-[320px] w-full" />
      </div>
    </Page>
  );
}
