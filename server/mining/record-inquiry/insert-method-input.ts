import { and, eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MethodInputKind } from "@/db/enums";
import { methodInputs } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import { lockPair } from "../lock-pair";

type NewMethodInput = {
  projectId: string;
  pairId: string;
  kind: MethodInputKind;
  content: object;
  exchangeId: string;
};

/** What a method is told about a pair. An answer that comes later is a new number. */
export async function insertMethodInput(tx: Tx, asked: NewMethodInput): Promise<void> {
  const { projectId, pairId, kind, content, exchangeId } = asked;
  await lockPair(tx, { projectId, pairId });
  const [newest] = await tx
    .select({ number: max(methodInputs.number) })
    .from(methodInputs)
    .where(and(eq(methodInputs.pairId, pairId), eq(methodInputs.kind, kind)));
  const number = (newest?.number ?? 0) + 1;
  await tx.insert(methodInputs).values({ ...asked, number, source: "llm" });
  await recordDecision(tx, {
    projectId,
    actorId: null,
    action: "method_input.add",
    subjectId: pairId,
    payload: { kind, number, content, exchangeId },
  });
}
