import { randomUUID } from "node:crypto";
import { connect, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { patterns } from "@/db/schema";
import { withTestDatabase } from "@/scripts/lib/test-database.mjs";
import type { PairWords } from "@/server/mining/domain/compare-pairs";
import { startLimits } from "@/server/mining/domain/meaning/limits";
import { pairKey } from "@/server/mining/domain/pair-key";
import { embedConcepts } from "@/server/mining/embed-concepts";
import { insertPairs } from "@/server/mining/insert-pairs";
import { lookUpPair } from "@/server/mining/look-up-pair";
import { builtInEmbedder } from "@/server/mining/open-embedder";
import { makeProject } from "@/tests/support/make/project";
import { conceptWords } from "./concept-words";

// `npm run bench:dedupe`: milliseconds to find the twin of one proposal, by how many pairs the project has.
const SIZES = [1000, 10_000, 100_000];
const ASKED = 300;
const ROUNDS = 3;
const MEANING = { embedder: builtInEmbedder.id, limits: startLimits(builtInEmbedder.id) };

await withTestDatabase(async (url: string) => {
  await migrateDatabase(url);
  const { db, sql, close } = connect(url, { max: 2 });
  try {
    const figures = [];
    for (const size of SIZES) {
      const scene = makeScene(size);
      const projectId = await fill(db, scene.known);
      const ctx = { db, signal: new AbortController().signal, wait: async () => {} };
      const failure = await embedConcepts(ctx, builtInEmbedder, projectId, scene.asked);
      if (failure) throw new Error(failure.reason);
      await sql`vacuum analyze`;
      figures.push({ pairs: size, ...(await measure(db, projectId, scene.asked)) });
    }
    console.log(JSON.stringify({ asked: ASKED, lookUpMs: figures }, null, 2));
  } finally {
    await close();
  }
});

/** Known pairs, and proposals of which a third is new, a third repeats and a third rewords one. */
function makeScene(size: number): { known: PairWords[]; asked: PairWords[] } {
  const words = conceptWords(size);
  const known = new Map<string, PairWords>();
  while (known.size < size) {
    const pair = { a: words.concept(), b: words.concept() };
    if (pair.a !== pair.b) known.set(pairKey(pair.a, pair.b), pair);
  }
  const pairs = [...known.values()];
  const asked = Array.from({ length: ASKED }, (_, index): PairWords => {
    const from = pairs[words.below(pairs.length)] ?? { a: "tea cup", b: "iced coke" };
    if (index % 3 === 0) return { a: words.concept(), b: words.concept() };
    if (index % 3 === 1) return { a: `the ${from.b}`, b: `${from.a}s` };
    return { a: `${from.a}y`, b: from.b };
  });
  return { known: pairs, asked };
}

async function fill(db: Db, known: readonly PairWords[]): Promise<string> {
  const { id: projectId } = await makeProject(db);
  const values = { projectId, name: "Bench", nameKey: randomUUID(), category: "lcmis" } as const;
  const [pattern] = await db.insert(patterns).values(values).returning({ id: patterns.id });
  if (!pattern) throw new Error("The pattern was not stored");
  const of = { projectId, patternId: pattern.id, phase: 2, origin: "llm" } as const;
  const rows = known.map((pair) => ({ ...of, ...pair, state: "accepted" as const }));
  await db.transaction((tx) => insertPairs(tx, rows));
  return projectId;
}

async function measure(db: Db, projectId: string, asked: readonly PairWords[]) {
  const steps: Record<string, number> = {};
  const rounds: number[][] = [];
  for (const pair of asked) {
    const round: number[] = [];
    for (let again = 0; again < ROUNDS; again++) {
      const startedAt = performance.now();
      const { twin } = await db.transaction((tx) => lookUpPair(tx, projectId, pair, MEANING));
      round.push(performance.now() - startedAt);
      const step = twin?.step ?? "new";
      if (again === 0) steps[step] = (steps[step] ?? 0) + 1;
    }
    rounds.push(round);
  }
  // The fastest of the rounds is the work itself; the others also hold whatever else the machine did.
  const fastest = rounds.map((round) => Math.min(...round));
  return { ...quantiles(rounds.flat()), fastestOfThree: quantiles(fastest), steps };
}

function quantiles(times: number[]) {
  times.sort((x, y) => x - y);
  const at = (share: number) =>
    Math.round((times[Math.floor(share * times.length)] ?? 0) * 100) / 100;
  return { p50: at(0.5), p95: at(0.95), max: at(0.9999) };
}
