import { ButtonLink } from "@/app/_ui/button-link";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { ListedProject } from "@/server/project/list-projects";
import { CreateProjectLink } from "./create-project-link";
import { RefreshWhile } from "./refresh-while";
import { StartExampleButton } from "./start-example-button";
import { isGrowing, waitingItems } from "./waiting-items";

export function ProjectList({ projects }: { projects: readonly ListedProject[] }) {
  const first = projects.flatMap(waitingItems)[0];
  return (
    <>
      <RefreshWhile isGrowing={isGrowing(projects)} />
      <div className="flex items-end gap-x-6 gap-y-4 max-md:flex-wrap">
        <div>
          <h1 className="text-34 tracking-[-0.02em]">{findingOf(projects)}</h1>
          <p className="mt-2.5 text-16">
            {first ? "Begin with the first, or pick one below." : "Open a project to go on."}
          </p>
        </div>
        {first ? (
          <ButtonLink href={first.href} variant="primary" size={40} className="ml-auto max-md:ml-0">
            {first.act}
          </ButtonLink>
        ) : null}
      </div>
      <ul className="mt-9 divide-y divide-line border-y border-line">
        {projects.map((project) => (
          <ProjectRow key={project.slug} project={project} />
        ))}
      </ul>
      <div className="mt-5 flex items-center gap-x-6 gap-y-3 max-md:flex-wrap">
        <CreateProjectLink label="New project" next="" />
        <StartExampleButton variant="outlined" />
      </div>
    </>
  );
}

function ProjectRow({ project }: { project: ListedProject }) {
  const items = waitingItems(project);
  const isExpert = project.role === "expert";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)_110px] items-center gap-6 py-4 max-md:grid-cols-1 max-md:gap-1.5">
      <div className="min-w-0">
        <h2 className="truncate text-16" title={project.name}>
          {isExpert ? (
            project.name
          ) : (
            <Link href={`/p/${project.slug}`} className="hover:underline">
              {project.name}
            </Link>
          )}
        </h2>
        <p className="small-print">{progressOf(project)}</p>
      </div>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {items.length === 0 ? <StateLabel kind="done">Nothing waits for you</StateLabel> : null}
        {items.map((item) => (
          <Link key={item.words} href={item.href} className="hover:underline">
            <StateLabel kind="waits" className="text-13">
              {item.words}
            </StateLabel>
          </Link>
        ))}
      </div>
      <p className="small-print text-right max-md:text-left">
        {project.role}, <TimeAgo at={project.createdAt} />
      </p>
    </li>
  );
}

function progressOf({ progress }: ListedProject): string {
  if (!progress) return "You rate here";
  if (progress.rated === 0) return "No pair rated yet";
  const pairs = progress.rated === 1 ? "pair" : "pairs";
  return `${progress.rated} ${pairs} rated, ${progress.level5} at Level 5`;
}

function findingOf(projects: readonly ListedProject[]): string {
  const waiting = projects.filter((project) => waitingItems(project).length > 0).length;
  if (waiting === 0) return "Nothing waits for you";
  return waiting === 1 ? "One project waits for you" : `${waiting} projects wait for you`;
}
