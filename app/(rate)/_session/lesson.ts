import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/router";
import type { Outbox } from "../_outbox/outbox";
import { whenSent } from "../_outbox/when-sent";
import type { RatingPort } from "./rating-port";
import type { Table } from "./table";

export type FeedbackCell = inferRouterOutputs<AppRouter>["rating"]["feedback"][number];

/** A training grid after its submission: how it was meant, once the server has it. */
export type Lesson = {
  table: Table;
  cells: readonly FeedbackCell[] | null;
  failure: string | null;
};

export async function learn(
  table: Table,
  { outbox, port, isOver }: { outbox: Outbox; port: RatingPort; isOver: () => boolean },
): Promise<Lesson> {
  await whenSent(outbox, isOver);
  try {
    return { table, cells: await port.feedback(table.view.id), failure: null };
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    return { table, cells: null, failure: cause.message };
  }
}
