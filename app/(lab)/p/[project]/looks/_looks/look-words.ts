import type { ReadyLook } from "@/server/generation/list-looks";

type Named = Pick<ReadyLook, "a" | "b" | "concept">;

/** The pair, or the concept that is drawn alone. */
export const lookName = ({ a, b, concept }: Named): string => concept ?? `${a} × ${b}`;
