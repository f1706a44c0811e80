import { asc, desc } from "drizzle-orm";
import { generatorRevisions } from "@/db/schema";

/** The newest revision first. Those of one transaction are of one moment: of them the first that was made, as ids rise. */
export const newestRevisionFirst = [
  desc(generatorRevisions.createdAt),
  asc(generatorRevisions.id),
] as const;
