import type { ReactNode } from "react";
import { RatingTabs } from "./_shell/rating-tabs";

type Props = { children: ReactNode; params: Promise<{ project: string }> };

export default async function RatingLayout({ children, params }: Props) {
  const { project } = await params;
  return (
    <>
      <RatingTabs project={project} />
      {children}
    </>
  );
}
