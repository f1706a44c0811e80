import type { ProjectRole } from "@/db/enums";

export const ROLE_WORDS = {
  owner: "Owner",
  researcher: "Researcher",
  expert: "Expert",
} satisfies Record<ProjectRole, string>;

export const ROLE_MEANING = {
  owner: "does everything a researcher does, and decides who is in the project",
  researcher: "mines pairs, has images drawn, rates and exports",
  expert: "sees only what is to be rated",
} satisfies Record<ProjectRole, string>;
