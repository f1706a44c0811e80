"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { outsideVocabulary } from "@/server/generation/domain/vocabulary";

export type OutsideVocabularyProps = { project: string; concepts: readonly string[] };

/** Says before a pair is accepted which of its concepts the generator under test cannot draw, where that tells what it can. */
export function OutsideVocabulary(props: OutsideVocabularyProps) {
  return (
    <p aria-live="polite" className="min-h-5">
      <OutsideWords {...props} />
    </p>
  );
}

/** The same in a line of other words: it lasts beyond acceptance. */
export function OutsideWords(props: OutsideVocabularyProps) {
  const { generator, strange } = useOutside(props);
  if (strange.length === 0) return null;
  return (
    <span className="text-12 text-warn">
      <TriangleAlert aria-hidden className="mr-1 inline size-3.5 align-text-bottom" />
      Not in the vocabulary of {generator}: {strange.join(", ")}
    </span>
  );
}

/** Which of the concepts the generator under test cannot draw. */
export function useOutside({ project, concepts }: OutsideVocabularyProps) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.generation.vocabulary.queryOptions({ project }));
  return { generator: data?.generator, strange: data ? outsideVocabulary(data, concepts) : [] };
}
