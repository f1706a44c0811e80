import { createHash } from "node:crypto";
import type { LevelSource } from "@/db/enums";

export type Source = "human" | "simulated";

/** The same person has the same name in every export of a project, and another one in other projects. */
export const pseudonym = (projectId: string, accountId: string): string =>
  `r-${createHash("sha256").update(`${projectId}:${accountId}`).digest("hex").slice(0, 10)}`;

export const sourceOf = (isSimulated: boolean): Source => (isSimulated ? "simulated" : "human");

export const levelSourceOf = (source: LevelSource): Source | "automatic" => {
  if (source === "simulated" || source === "automatic") return source;
  return "human";
};
