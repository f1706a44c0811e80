import { and, eq, inArray } from "drizzle-orm";
import { consensuses, levels } from "@/db/schema";

/** Joins to a Level that several people gave together the consensus it stands on, and nothing to one person's. */
export const behindJointLevel = and(
  inArray(levels.source, ["consensus", "adjudicated"]),
  eq(consensuses.gridId, levels.gridId),
  eq(consensuses.judge, "human"),
);
