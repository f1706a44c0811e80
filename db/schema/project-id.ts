import { ref } from "../columns";
import { projects } from "./project";

/** Every table of a project carries it, also where joins would reach it: authorisation is one condition. */
export const projectId = () =>
  ref("project_id")
    .notNull()
    .references(() => projects.id);
