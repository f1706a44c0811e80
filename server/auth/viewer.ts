import type { ProjectRole } from "@/db/enums";

/** The signed-in person, read afresh from the database on every request. */
export type Viewer = {
  accountId: string;
  name: string;
  mail: string;
  isAdmin: boolean;
};

export type Member = {
  projectId: string;
  slug: string;
  role: ProjectRole;
};
