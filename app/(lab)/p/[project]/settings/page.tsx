import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { EmptyState } from "@/app/_ui/empty-state";
import { Page, PageHead } from "@/app/_ui/page-head";
import { ArchiveProject } from "./archive-project";
import { RenameProject } from "./rename-project";

export const metadata: Metadata = { title: "Settings" };

export default async function ProjectSettingsPage({
  params,
}: {
  params: Promise<{ project: string }>;
}) {
  const { project } = await params;
  const caller = await getCaller();
  const { name, role, archived } = await caller.project.show({ project });
  return (
    <Page>
      <PageHead
        title={archived ? `${name} is archived` : name}
        sub={`Address /p/${project}; it stays when the name changes, so that links keep working.`}
      />
      {role === "owner" ? (
        <div className="grid max-w-[520px] gap-8">
          <RenameProject project={project} name={name} />
          <ArchiveProject project={project} name={name} archived={archived} />
        </div>
      ) : (
        <EmptyState title="Only an owner changes these settings.">
          Ask one of the owners listed under Members.
        </EmptyState>
      )}
    </Page>
  );
}
