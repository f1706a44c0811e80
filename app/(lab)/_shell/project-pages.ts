import type { NavTab } from "@/app/_ui/nav-tabs";

/** The pages of a project, in the order of the work. */
export function projectPages(project: string): NavTab[] {
  const home = `/p/${project}`;
  return [
    { href: home, label: "Loop", exact: true },
    { href: `${home}/patterns`, label: "Patterns" },
    { href: `${home}/pairs`, label: "Pairs", holds: [`${home}/looks`] },
    { href: `${home}/runs`, label: "Runs", holds: [`${home}/generators`] },
    { href: `${home}/rating`, label: "Rating" },
    { href: `${home}/compare`, label: "Compare" },
    { href: `${home}/metrics`, label: "Metrics" },
    { href: `${home}/export`, label: "Export" },
    { href: `${home}/members`, label: "Members" },
  ];
}

/** Every page of a project that can be gone to by name: the tabs, and what is reached from them. */
export function allProjectPages(project: string): NavTab[] {
  const home = `/p/${project}`;
  return [
    ...projectPages(project),
    { href: `${home}/pairs?view=review`, label: "Review proposals" },
    { href: `${home}/pairs?view=repeats`, label: "Repeats" },
    { href: `${home}/looks`, label: "Quick looks" },
    { href: `${home}/generators`, label: "Generators" },
    { href: `${home}/generators/new`, label: "New generator" },
    { href: `${home}/compare/new`, label: "New comparison" },
    { href: `${home}/plots`, label: "Plots" },
    { href: `${home}/budgets`, label: "Budgets" },
    { href: `${home}/exchanges`, label: "LLM log" },
    { href: `${home}/import`, label: "Import" },
    { href: `${home}/rating/progress`, label: "Rating progress" },
    { href: `${home}/rating/adjudication`, label: "Adjudication" },
    { href: `${home}/rating/marks`, label: "Marks" },
    { href: `${home}/rating/agreement`, label: "Agreement" },
    { href: `${home}/rating/gold`, label: "Gold grids" },
    { href: `${home}/settings`, label: "Project settings" },
  ];
}
