import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { cache } from "react";
import { getCaller } from "@/app/_trpc/server";
import { ProjectSwitcher } from "@/app/(lab)/_shell/project-switcher";
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
  const home = `/p/${slug}`;
  return (
    <>
      <TopBar
        viewer={viewer}
        label="Project"
        project={slug}
        switcher={<ProjectSwitcher slug={slug} name={name} isOwner={role === "owner"} />}
        tabs={[
          { href: home, label: "Loop", exact: true },
          { href: `${home}/patterns`, label: "Patterns" },
          { href: `${home}/pairs`, label: "Pairs", count: toReview },
          { href: `${home}/runs`, label: "Runs" },
          { href: `${home}/export`, label: "Export" },
          { href: `${home}/members`, label: "Members" },
        ]}
      />
      {children}
    </>
  );
}
