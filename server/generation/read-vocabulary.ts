import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { bridges, endpoints, generatorRevisions } from "@/db/schema";
import { findTestedRevision, type TestedRevision } from "@/server/project/find-tested-revision";
import { readOffer } from "./domain/method/offer";
import type { Vocabulary } from "./domain/vocabulary";

/** What the generator under test can draw; null: there is none, or its endpoint names no concepts, or never told. */
export async function readVocabulary(db: DbOrTx, projectId: string): Promise<Vocabulary | null> {
  const tested = await findTestedRevision(db, projectId);
  return tested && readVocabularyOf(db, tested);
}

/** The same of any revision: its generator's name and what that can draw. */
export async function readVocabularyOf(
  db: DbOrTx,
  { id, generator }: Pick<TestedRevision, "id" | "generator">,
): Promise<Vocabulary | null> {
  const servers = await db
    .select({ description: endpoints.description })
    .from(endpoints)
    .innerJoin(bridges, eq(bridges.id, endpoints.bridgeId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.endpointName, endpoints.name))
    .where(and(eq(generatorRevisions.id, id), isNull(bridges.revokedAt)))
    .orderBy(sql`${endpoints.lastSeenAt} desc nulls last`);
  // Of several servers with one name, the one heard of last tells, as for the methods.
  const offers = servers.flatMap(({ description }) => readOffer(description) ?? []);
  const vocabulary = offers[0]?.vocabulary;
  if (!vocabulary) return null;
  const { concepts, words = null } = vocabulary;
  return { generator, concepts, words };
}
