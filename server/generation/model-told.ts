import { sql } from "drizzle-orm";
import { generatorRevisions } from "@/db/schema";

const answered = generatorRevisions.answeredModel;

/** Which model a revision's first answer named, without the hashes of its files; null before it. */
export const modelTold = sql<{
  name: string;
  revision: string;
} | null>`case when ${answered} is not null
  then jsonb_build_object('name', ${answered} ->> 'name', 'revision', ${answered} ->> 'revision') end`;
