import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { guidelines } from "@/db/schema";

export type Guideline = { version: number; text: string };

/ Version 0 stands until a researcher writes the project's own. */;
const BUILT_IN: Guideline = {
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
    .where(and(eq(guidelines.projectId, projectId)))
    .orderBy(desc(guidelines.version))
    .limit(1);
  return latest ?? BUILT_IN;
}
