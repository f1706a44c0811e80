import { connect, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { conceptSets } from "@/db/schema";
import { withTestDatabase } from "@/scripts/lib/test-database.mjs";
import { insertPairs } from "@/server/mining/insert-pairs";
import { pairBoard } from "@/server/mining/pair-board";
import type { MemberContext } from "@/server/trpc/context";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { conceptWords } from "./concept-words";
import "@/tests/support/web-environment";

// `npm run bench:board`: milliseconds until the A x B board of 20 by 20 concepts knows what each cell is to the
// project, by how many pairs its one pattern has. 200 ms at 10^4 is the most that a person should wait.
const SIZES = [100, 1000, 10_000];
const SET = 20;
const ROUNDS = 40;
// The first ones open connections and fill caches.
const WARM = 5;

await withTestDatabase(async (url: string) => {
  await migrateDatabase(url);
  const { db, sql, close } = connect(url);
  try {
    const boardMs = [];
    for (const pairs of SIZES) {
      const { ctx, patternId } = await fill(db, pairs);
      await sql`vacuum analyze`;
      boardMs.push({ pairs, ...(await measure(ctx, patternId)) });
    }
    console.log(JSON.stringify({ cells: SET * SET, boardMs }, null, 2));
  } finally {
    await close();
  }
});

/** One pattern with so many pairs in the words of everyday things, and two sets in the same words. */
async function fill(db: Db, size: number): Promise<{ ctx: MemberContext; patternId: string }> {
  const ctx = await makeMember(db);
  const { projectId } = ctx.member;
  const { id: patternId } = await makePattern(db, { projectId });
  const words = conceptWords(size);
  const known = new Map<string, { a: string; b: string }>();
  while (known.size < size) {
    const pair = { a: words.concept(), b: words.concept() };
    if (pair.a !== pair.b) known.set([pair.a, pair.b].sort().join("|"), pair);
  }
  const of = { projectId, patternId, phase: 2, origin: "llm", state: "accepted" } as const;
  await db.transaction((tx) =>
    insertPairs(
      tx,
      [...known.values()].map((pair) => ({ ...of, ...pair })),
    ),
  );
  const set = () => Array.from({ length: SET }, () => words.concept());
  await db
    .insert(conceptSets)
    .values({ projectId, patternId, number: 1, conceptsA: set(), conceptsB: set() });
  return { ctx, patternId };
}

async function measure(ctx: MemberContext, patternId: string) {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await pairBoard(ctx, patternId);
    if (round >= WARM) times.push(performance.now() - startedAt);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) =>
    Math.round((times[Math.ceil(share * times.length) - 1] ?? 0) * 100) / 100;
  return { p50: at(0.5), p95: at(0.95), fastest: at(0.01) };
}
