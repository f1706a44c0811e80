"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { NavTabs } from "@/app/_ui/nav-tabs";
import { projectPages } from "./project-pages";

/** The project's tabs; the count of proposals follows what happens. */
export function ProjectTabs({ project, toReview }: { project: string; toReview: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery({
    ...trpc.project.countToReview.queryOptions({ project }),
    initialData: toReview,
  });
  useLive(project, (event) => {
    if (event !== "resync" && event.topic !== "pair" && event.topic !== "batch") return;
    void queryClient.invalidateQueries(trpc.project.countToReview.queryFilter({ project }));
  });
  return (
    <NavTabs
      label="Project"
      tabs={projectPages(project).map((page) =>
        page.label === "Pairs" ? { ...page, count: data } : page,
      )}
    />
  );
}
