"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { NavTabs } from "@/app/_ui/nav-tabs";
import type { DisputeCounts } from "@/server/adjudication/list-adjudications";

export type RatingTabsProps = { project: string; disputes: DisputeCounts };

/** The pages about how grids are judged; the count is of grids that need a last word. */
export function RatingTabs({ project, disputes }: RatingTabsProps) {
  const trpc = useTRPC();
  // Without the first answer here, a page below that reads the same would find a read that nobody makes on the server.
  const { data } = useQuery({
    ...trpc.adjudication.count.queryOptions({ project }),
    initialData: disputes,
  });
  const home = `/p/${project}/rating`;
  return (
    <div className="flex h-9 overflow-x-auto border-b border-line px-3.5 [scrollbar-width:none] max-[700px]:px-1.5">
      <NavTabs
        label="Rating"
        tabs={[
          { href: home, label: "Guidelines", exact: true },
          { href: `${home}/progress`, label: "Progress" },
          { href: `${home}/adjudication`, label: "Adjudication", count: data.open },
          { href: `${home}/agreement`, label: "Agreement" },
          { href: `${home}/marks`, label: "Marks" },
          { href: `${home}/gold`, label: "Gold" },
        ]}
      />
    </div>
  );
}
