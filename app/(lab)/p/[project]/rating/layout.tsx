import type { ReactNode } from "react";
import { getCaller } from "@/app/_trpc/server";
import { RatingTabs } from "./_shell/rating-tabs";

type Props = { children: ReactNode; params: Promise<{ project: string }> };

export default async function RatingLayout({ children, params }: Props) {
  const { project } = await params;
  const { adjudication } = await getCaller();
  const disputes = await adjudication.count({ project });
  return (
    <>
      <RatingTabs project={project} disputes={disputes} />
      {children}
    </>
  );
}
