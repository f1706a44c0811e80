import { and, eq, inArray, isNull, notExists, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { MethodInputKind } from "@/db/enums";
import { inquiries, methodInputs, pairs, promptSetPrompts, promptSets, prompts } from "@/db/schema";
import type { PairQuestion } from "./domain/inquiry-input";
import { standingSets } from "./inquiry-input/standing-prompts";
import { pairConditions } from "./list-pairs";
import type { AskAboutPairs } from "./schemas";

/** Accepted pairs of a filter that this could be asked of: not answered, and no question about it open. */
export const lackAnswer = (
  db: DbOrTx,
  projectId: string,
  { purpose, pairIds, ...filter }: AskAboutPairs,
): SQL | undefined =>
  and(
    eq(pairs.projectId, projectId),
    eq(pairs.state, "accepted"),
    LACKS[purpose](db),
    notExists(openQuestion(db, purpose)),
    pairIds && inArray(pairs.id, pairIds),
    ...pairConditions(db, filter),
  );

const LACKS = {
  guess_latent: () => isNull(pairs.latent),
  drawing_order: (db) => notExists(said(db, "moce_order")),
  describe_concepts: (db) => notExists(said(db, "descriptions")),
  find_phrases: () => hasPromptBeside("phrases", "prompt", newestSet),
  reword_prompts: () => hasPromptBeside("rewording", "from", standingSets(pairs.id)),
} satisfies Record<PairQuestion, (db: DbOrTx) => SQL>;

const said = (db: DbOrTx, kind: MethodInputKind) =>
  db
    .select({ id: methodInputs.id })
    .from(methodInputs)
    .where(and(eq(methodInputs.pairId, pairs.id), eq(methodInputs.kind, kind)));

const newestSet = sql`(
  select ${promptSets.id} from ${promptSets} where ${promptSets.pairId} = ${pairs.id}
  order by ${promptSets.number} desc limit 1)`;

/** One of these sets' prompts is not among those that the newest answer is about; false where none are written. */
const hasPromptBeside = (kind: MethodInputKind, key: "prompt" | "from", sets: SQL) => sql`exists (
  select 1 from ${promptSetPrompts} join ${prompts} on ${prompts.id} = ${promptSetPrompts.promptId}
  where ${promptSetPrompts.promptSetId} in ${sets}
    and not coalesce((
      select ${methodInputs.content} -> 'prompts' @> jsonb_build_array(jsonb_build_object(${key}::text, ${prompts.text}))
      from ${methodInputs} where ${methodInputs.pairId} = ${pairs.id} and ${methodInputs.kind} = ${kind}
      order by ${methodInputs.number} desc limit 1), false))`;

const openQuestion = (db: DbOrTx, purpose: PairQuestion) =>
  db
    .select({ id: inquiries.id })
    .from(inquiries)
    .where(
      and(
        eq(inquiries.pairId, pairs.id),
        eq(inquiries.purpose, purpose),
        isNull(inquiries.rerunsId),
        inArray(inquiries.state, ["queued", "running", "waiting"]),
      ),
    );
