import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getCaller } from "@/app/_trpc/server";
import { defaultGenerators } from "@/server/core/env";
import { FirstStart } from "./_home/first-start";
import { ProjectList } from "./_home/project-list";
import { SystemLine } from "./_home/system-line";
import { HomeBar } from "./_shell/home-bar";
import { requireViewer } from "./_shell/require-viewer";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const viewer = await requireViewer();
  const caller = await getCaller();
  const [projects, archived] = await Promise.all([
    caller.project.list({ archived: false }),
    caller.project.list({ archived: true }),
  ]);
  // Who only rates has nothing to do here.
  const all = [...projects, ...archived];
  if (!viewer.isAdmin && all.length > 0 && all.every(({ role }) => role === "expert"))
    redirect("/rate");
  const isFirstTime = projects.length === 0;
  return (
    <div className="min-h-screen bg-surface">
      <HomeBar />
      <main className="mx-auto max-w-[1000px] px-6 py-[52px] text-14">
        {isFirstTime ? (
          <FirstStart
            firstName={firstNameOf(viewer.name)}
            isAdmin={viewer.isAdmin}
            generators={defaultGenerators()}
          />
        ) : (
          <ProjectList projects={projects} />
        )}
        {archived.length > 0 ? (
          <p className="mt-8 small-print break-words">
            Archived:{" "}
            {archived.map((project, index) => (
              <span key={project.slug}>
                {index > 0 ? ", " : ""}
                <a href={`/p/${project.slug}/settings`} className="link">
                  {project.name}
                </a>
              </span>
            ))}
          </p>
        ) : null}
        <SystemLine isAdmin={viewer.isAdmin} />
      </main>
    </div>
  );
}

const firstNameOf = (name: string) => name.trim().split(/\s+/)[0] ?? name;
