import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { Looks } from "./_looks/looks";

export const metadata: Metadata = { title: "Quick looks" };

type Props = { params: Promise<{ project: string }> };

export default async function LooksPage({ params }: Props) {
  const { project } = await params;
  prefetch(trpc.generation.listLooks.queryOptions({ project }));
  prefetch(trpc.generation.countLooks.queryOptions({ project }));
  return (
    <HydrateClient>
      <Looks project={project} />
    </HydrateClient>
  );
}
