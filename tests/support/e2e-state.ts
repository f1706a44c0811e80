import { join } from "node:path";

// Beside the traces: Playwright empties the folder itself, git ignores it.
export const stateFile = () => join(import.meta.dirname, "../../test-results/admin.json");

export const ADMIN = {
  name: "Ada Admin",
  mail: "ada@example.org",
  password: "correct horse battery staple",
};
