import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { cache } from "react";
import { getCaller } from "@/app/_trpc/server";
import { LostServer } from "@/app/(lab)/_shell/lost-server";
import { allProjectPages } from "@/app/(lab)/_shell/project-pages";
import { ProjectSwitcher } from "@/app/(lab)/_shell/project-switcher";
import { ProjectTabs } from "@/app/(lab)/_shell/project-tabs";
import { requireViewer } from "@/app/(lab)/_shell/require-viewer";
import { TopBar } from "@/app/(lab)/_shell/top-bar";

type Props = { children: ReactNode; params: Promise<{ project: string }> };

const showProject = cache(async (slug: string) => {
  const caller = await getCaller();
  try {
    return await caller.project.show({ project: slug });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "NOT_FOUND") notFound();
    // An expert sees only what is to be rated.
    if (error.code === "FORBIDDEN") redirect("/rate");
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireViewer();
  const project = await showProject((await params).project);
  return { title: { default: project.name, template: `%s · ${project.name} · Teacup` } };
}

export default async function ProjectLayout({ children, params }: Props) {
  const viewer = await requireViewer();
  const { slug, name, role, toReview } = await showProject((await params).project);
  return (
    <>
      <TopBar
        viewer={viewer}
        project={slug}
        pages={allProjectPages(slug)}
        switcher={<ProjectSwitcher slug={slug} name={name} isOwner={role === "owner"} />}
        nav={<ProjectTabs project={slug} toReview={toReview} />}
      />
      <LostServer />
      {children}
    </>
  );
}
