import type { NavTab } from "@/app/_ui/nav-tabs";

/** The pages of a project, in the order of the work. */
export function projectPages(project: string): NavTab[] {
  const home = `/p/${project}`;
  return [
    { href: home, label: "Loop", exact: true },
    { href: `${home}/patterns`, label: "Patterns" },
    { href: `${home}/pairs`, label: "Pairs" },
    { href: `${home}/runs`, label: "Runs" },
    { href: `${home}/rating`, label: "Rating" },
    { href: `${home}/export`, label: "Export" },
    { href: `${home}/members`, label: "Members" },
  ];
}
