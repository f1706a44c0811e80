import { and, eq, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MethodInputKind } from "@/db/enums";
import { methodInputs } from "@/db/schema";
import { recordDecision } from "@/server/project/record-decision";
import { wakeOfPair } from "@/server/realign/wake-waiting";
import { lockPair } from "../lock-pair";

type NewMethodInput = {
  projectId: string;
  pairId: string;
  kind: MethodInputKind;
  content: object;
  /** The proposer's answer; without one, a person's own words. */
  exchangeId?: string;
  actorId?: string;
};

/** What a method is told about a pair. Whatever comes later is a new number. */
export async function insertMethodInput(
  tx: Tx,
  { actorId, exchangeId, ...asked }: NewMethodInput,
): Promise<{ number: number }> {
  const { projectId, pairId, kind, content } = asked;
  await lockPair(tx, { projectId, pairId });
  const [newest] = await tx
    .select({ number: max(methodInputs.number) })
    .from(methodInputs)
    .where(and(eq(methodInputs.pairId, pairId), eq(methodInputs.kind, kind)));
  const number = (newest?.number ?? 0) + 1;
  const source = actorId ? "human" : "llm";
  await tx
    .insert(methodInputs)
    .values({ ...asked, number, source, exchangeId, createdBy: actorId });
  await recordDecision(tx, {
    projectId,
    actorId: actorId ?? null,
    action: actorId ? "method_input.edit" : "method_input.add",
    subjectId: pairId,
    payload: { kind, number, content, ...(exchangeId ? { exchangeId } : {}) },
  });
  if (kind === "phrases") await wakeOfPair(tx, pairId);
  return { number };
}
