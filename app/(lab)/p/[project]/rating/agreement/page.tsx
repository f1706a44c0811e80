import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Page } from "@/app/_ui/page-head";
import { AgreementView } from "./_agreement/agreement-view";
import { askedIn } from "./_agreement/asked";

export const metadata: Metadata = { title: "Agreement" };

type Props = {
  params: Promise<{ project: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function AgreementPage({ params, searchParams }: Props) {
  const { project } = await params;
  const asked = askedIn(await searchParams);
  prefetch(trpc.agreement.show.queryOptions({ project, ...asked }));
  return (
    <Page>
      <HydrateClient>
        <AgreementView project={project} asked={asked} />
      </HydrateClient>
    </Page>
  );
}
