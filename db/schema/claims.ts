import { bigint, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { at, ref } from "../columns";
import { accounts } from "./people";
import { projectId } from "./project-id";

/**
 * Up to where a rater has done, or left, all grids of a round in the order in which they are handed out, seen when no
 * transaction from `seen` on had ended. Only to start a search there: without it, it takes longer and finds the same.
 */
export const claimMarkers = pgTable(
  "claim_marker",
  {
    projectId: projectId(),
    round: integer("round").notNull(),
    raterId: ref("rater_id")
      .notNull()
      .references(() => accounts.id),
    minusPriority: integer("minus_priority").notNull(),
    seatsDone: integer("seats_done").notNull(),
    gridId: ref("grid_id").notNull(),
    seen: bigint("seen", { mode: "number" }).notNull(),
    setAt: at("set_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.round, t.raterId] })],
);
