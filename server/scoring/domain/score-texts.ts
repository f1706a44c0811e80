import type { ScoreName } from "@/db/enums";
import { withArticle } from "@/server/generation/domain/look-prompts";

/** A text that a scorer is asked about every image, and what it is to the image. */
export type NamedText = { name: ScoreName; text: string };
/** One scorer's part of a call. */
export type AskedScorer = { scorer: string; texts: NamedText[] };

type Drawn = { prompt: string; conceptA: string; conceptB: string };

// What it is told is a question, and what it says is how likely "yes" is.
const ASKED_QUESTIONS = new Set(["blip-vqa"]);
// A concept's name alone is no sentence that a captioner would write.
const READS_SENTENCES_ONLY = new Set(["caption-likelihood"]);

/** The prompt, which asks for both concepts in one scene, and each concept alone. */
export function scoreTexts(scorer: string, { prompt, conceptA, conceptB }: Drawn): AskedScorer {
  const whole: NamedText = { name: "prompt", text: prompt };
  if (READS_SENTENCES_ONLY.has(scorer)) return { scorer, texts: [whole] };
  const isAsked = ASKED_QUESTIONS.has(scorer);
  const said = (concept: string) => (isAsked ? `Is there ${withArticle(concept)}?` : concept);
  const alone: NamedText[] = [
    { name: "concept_a", text: said(conceptA) },
    { name: "concept_b", text: said(conceptB) },
  ];
  return { scorer, texts: isAsked ? alone : [whole, ...alone] };
}
