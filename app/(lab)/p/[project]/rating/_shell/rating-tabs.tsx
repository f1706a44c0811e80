"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { NavTabs } from "@/app/_ui/nav-tabs";

/** The pages about how grids are judged; the count is of grids that need a last word. */
export function RatingTabs({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.adjudication.count.queryOptions({ project }));
  const home = `/p/${project}/rating`;
  return (
    <div className="flex h-9 overflow-x-auto border-b border-line px-3.5 [scrollbar-width:none] max-[700px]:px-1.5">
      <NavTabs
        label="Rating"
        tabs={[
          { href: home, label: "Guidelines", exact: true },
          { href: `${home}/progress`, label: "Progress" },
          { href: `${home}/adjudication`, label: "Adjudication", count: data?.open ?? 0 },
          { href: `${home}/agreement`, label: "Agreement" },
          { href: `${home}/marks`, label: "Marks" },
          { href: `${home}/gold`, label: "Gold" },
        ]}
      />
    </div>
  );
}
