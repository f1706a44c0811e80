import type { MethodInputKind, MethodInputSource } from "@/db/enums";
import type { WordsTold } from "@/server/comparison/domain/words-told";

const KINDS: Record<MethodInputKind, string> = {
  moce_order: "Drawing order",
  descriptions: "Descriptions",
  phrases: "Phrases",
  rewording: "Prompt in other words",
};
const SOURCES: Record<MethodInputSource, string> = {
  llm: "the proposer's answer",
  human: "a person's words",
  default: "the default",
};

/** Whose words an image was told, a sentence each kind; nothing where its method is told none. */
export function toldWords({ sources, reworded }: WordsTold): string | null {
  const kinds = Object.keys(KINDS) as MethodInputKind[];
  const sentences = kinds.flatMap((kind) => {
    const source = sources[kind];
    if (!source) return [];
    const words = kind === "rewording" && reworded ? `: “${reworded}”` : "";
    return [`${KINDS[kind]}, ${SOURCES[source]}${words || "."}`];
  });
  return sentences.length > 0 ? sentences.join(" ") : null;
}
