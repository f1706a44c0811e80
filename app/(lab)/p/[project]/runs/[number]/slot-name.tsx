import { PairName } from "@/app/_ui/pair-name";
import type { RunSlot } from "../types";

export type SlotNameProps = { slot: Pick<RunSlot, "conceptA" | "conceptB" | "concept"> };

/** A pair as everywhere; a concept that is drawn alone by its own name. */
export function SlotName({ slot: { conceptA, conceptB, concept } }: SlotNameProps) {
  if (concept) return <b>{concept}</b>;
  return <PairName a={conceptA ?? ""} b={conceptB ?? ""} />;
}
