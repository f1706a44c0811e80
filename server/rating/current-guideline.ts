import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { guidelines } from "@/db/schema";
import { readStored } from "./guideline-examples";
import type { GuidelineExample } from "./schemas";

export type Guideline = { version: number; text: string };

/** Version 0 stands until a researcher writes the project's own. */
export const BUILT_IN: Guideline = {
  version: 0,
  text: `Mark an image correct when both concepts of its prompt can be seen, and they stand to each other as the prompt says: iced coke in a tea cup, not beside it.

Mark it incorrect when one of them is missing, has become something else, or stands in the wrong place.

Style, beauty and small flaws do not count. Judge each image by its own prompt, the text above its column.

When you cannot see the image, flag it as broken. When you cannot tell what the prompt means, choose "cannot judge" and say why.`,
};

export async function currentGuideline(db: DbOrTx, projectId: string): Promise<Guideline> {
  const [latest] = await db
    .select({ version: guidelines.version, text: guidelines.text })
    .from(guidelines)
    .where(eq(guidelines.projectId, projectId))
    .orderBy(desc(guidelines.version))
    .limit(1);
  return latest ?? BUILT_IN;
}

export type StoredGuideline = Guideline & { examples: GuidelineExample[] };

/** One version with its examples; undefined when there is none of that number. */
export async function readGuideline(
  db: DbOrTx,
  projectId: string,
  version: number,
): Promise<StoredGuideline | undefined> {
  if (version === 0) return { ...BUILT_IN, examples: [] };
  const [row] = await db
    .select({
      version: guidelines.version,
      text: guidelines.text,
      examples: guidelines.examples,
    })
    .from(guidelines)
    .where(and(eq(guidelines.projectId, projectId), eq(guidelines.version, version)));
  return row && { ...row, examples: readStored(row.examples) };
}
