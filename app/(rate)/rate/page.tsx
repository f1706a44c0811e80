import type { Metadata } from "next";
import { HydrateClient, prefetch, trpc } from "@/app/_trpc/server";
import { HomeBar } from "@/app/(lab)/_shell/home-bar";
import { QueueList } from "./queue-list";

export const metadata: Metadata = { title: "Rate" };
export const dynamic = "force-dynamic";

export default function RatePage() {
  prefetch(trpc.rating.queues.queryOptions());
  return (
    <div className="min-h-screen bg-surface">
      <HomeBar />
      <main className="mx-auto max-w-[1000px] px-6 py-9 text-14 max-[700px]:px-4 max-[700px]:py-6">
        <HydrateClient>
          <QueueList />
        </HydrateClient>
      </main>
    </div>
  );
}
