"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Menu, MenuLabel, MenuLink, MenuSeparator } from "@/app/_ui/menu";

export type ProjectSwitcherProps = { slug: string; name: string; isOwner: boolean };

export function ProjectSwitcher({ slug, name, isOwner }: ProjectSwitcherProps) {
  return (
    <div className="ml-3.5 flex h-5 min-w-0 items-center border-l border-line-2 pl-2.5">
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Project ${name}: switch`}
            title={name}
            className="flex min-w-0 items-center gap-1 font-mid whitespace-nowrap text-ink"
          >
            <span className="max-w-44 truncate">{name}</span>
            <ChevronDown aria-hidden className="size-3.5 shrink-0" />
          </button>
        }
      >
        <OtherProjects slug={slug} />
        {isOwner ? <MenuLink href={`/p/${slug}/settings`}>Project settings</MenuLink> : null}
        <MenuLink href="/">All projects</MenuLink>
      </Menu>
    </div>
  );
}

function OtherProjects({ slug }: { slug: string }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.project.list.queryOptions({ archived: false }));
  const others = data.filter((project) => project.slug !== slug && project.role !== "expert");
  if (others.length === 0) return null;
  return (
    <>
      <MenuLabel>Other projects</MenuLabel>
      {others.map((project) => (
        <MenuLink key={project.slug} href={`/p/${project.slug}`}>
          {project.name}
        </MenuLink>
      ))}
      <MenuSeparator />
    </>
  );
}
