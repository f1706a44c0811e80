import { PairName } from "@/app/_ui/pair-name";
import type { ReadyLook } from "@/server/generation/list-looks";

export type LookNameProps = { look: Pick<ReadyLook, "a" | "b" | "concept"> };

export function LookName({ look: { a, b, concept } }: LookNameProps) {
  if (concept) return <b>{concept}</b>;
  return <PairName a={a ?? ""} b={b ?? ""} />;
}
