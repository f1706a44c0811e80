import { sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { memberships } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { fillProject } from "../queue-room/fill";

const GRIDS = 2000;
const LEASE_MS = 500;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A project that people have rated in for a while, and so many raters who never came before: their ids end in their numbers. */
export async function openStage(db: Db, raters: number) {
  await fillProject(db, GRIDS, () => {});
  const [member] = await db.select().from(memberships).limit(1);
  if (!member) throw new Error("The project is empty");
  const { projectId } = member;
  await db.execute(sql`insert into account (id, name, mail)
    select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Rater ' || n, n || '@example.org'
    from generate_series(1, ${raters}::int) n`);
  return {
    projectId,
    /** The rater of that number, who asks through this connection. */
    rater(through: Db, number: number): MemberContext {
      const accountId = `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
      const viewer = { accountId, name: `Rater ${number}`, mail: "", isAdmin: false };
      return { db: through, viewer, member: { projectId, slug: "", role: "expert" } };
    },
    clear: () => clear(db),
    seated: () => seated(db),
    /** While `act` runs, nobody keeps a seat for long: about as many are taken at any time as fifty raters hold. */
    async whileSeatsComeBack<T>(act: () => Promise<T>): Promise<T> {
      let last: Promise<unknown> = Promise.resolve();
      const timer = setInterval(() => {
        last = last.then(() => giveBackAll(db));
      }, LEASE_MS);
      try {
        return await act();
      } finally {
        clearInterval(timer);
        await last;
      }
    },
  };
}

const giveBackAll = (db: Db) =>
  db.execute(sql`with freed as (
      update seat set sitting_id = null, leased_until = null where leased_until is not null returning old.sitting_id
    )
    update sitting set state = 'given_back' from freed where sitting.id = freed.sitting_id`);

/** As if none of them had come yet, for the next turn. */
async function clear(db: Db): Promise<void> {
  await giveBackAll(db);
  await db.execute(sql`delete from budget_entry where kind = 'rater_ms' and settled is null`);
  await db.execute(sql`delete from sitting where state = 'given_back'`);
  await db.execute(sql`update budget set reserved = 0 where kind = 'rater_ms'`);
  await db.execute(sql`vacuum seat, sitting, budget_entry, budget, account`);
  await db.execute(sql`checkpoint`);
}

async function seated(db: Db): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from sitting where state in ('live', 'given_back')`,
  );
  return row?.n ?? 0;
}

/** So many connections, all of them open, with nothing prepared yet: as pgbench begins. */
export async function openPool(url: string, connections: number) {
  const pool = connect(url, { max: connections });
  await Promise.all(
    Array.from({ length: connections }, () => pool.db.execute(sql`select pg_sleep(0.2)`)),
  );
  return pool;
}
