import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { Page, PageHead } from "@/app/_ui/page-head";
import { ArchiveProject } from "./archive-project";
import { RatingSettings } from "./rating-settings";
import { RenameProject } from "./rename-project";

export const metadata: Metadata = { title: "Settings" };

export default async function ProjectSettingsPage({
  params,
}: {
  params: Promise<{ project: string }>;
}) {
  const { project } = await params;
  const caller = await getCaller();
  const { name, role, archived, settings } = await caller.project.show({ project });
  return (
    <Page>
      <PageHead
        title={archived ? `${name} is archived` : name}
        sub={`Address /p/${project}; it stays when the name changes, so that links keep working.`}
      />
      <div className="grid max-w-[520px] gap-8">
        {role === "owner" ? <RenameProject project={project} name={name} /> : null}
        <RatingSettings project={project} settings={settings} />
        {role === "owner" ? (
          <ArchiveProject project={project} name={name} archived={archived} />
        ) : (
          <p className="small-print">An owner can rename or archive the project.</p>
        )}
      </div>
    </Page>
  );
}
