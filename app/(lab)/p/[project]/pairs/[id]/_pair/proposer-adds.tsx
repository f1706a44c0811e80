"use client";

import type { ReactNode } from "react";
import { PAIR_QUESTIONS, type PairQuestion } from "@/server/mining/domain/inquiry-input";
import { QUESTION_WORDS } from "../../_pairs/words";
import type { Detail } from "./detail";
import { EditMethodInput } from "./edit-method-input";
import { EditPhrases } from "./edit-phrases";
import { EditRewording } from "./edit-rewording";
import { PairQuestionRow } from "./pair-question-row";
import { sourceWords } from "./source-words";

export type ProposerAddsProps = { project: string; detail: Detail };

/** What the proposer says about a pair when it is asked, beyond its prompts. */
export function ProposerAdds({ project, detail }: ProposerAddsProps) {
  const { pair, added } = detail;
  const answers = answersOf(detail);
  const isAnswered = PAIR_QUESTIONS.some((purpose) => answers[purpose]);
  if (pair.state !== "accepted" && !isAnswered && added.open.length === 0) return null;
  return (
    <section aria-label="What the proposer can add" className="mb-5">
      <h2 className="mb-1.5">What the proposer can add</h2>
      {PAIR_QUESTIONS.map((purpose) => (
        <PairQuestionRow
          key={purpose}
          project={project}
          pair={pair}
          purpose={purpose}
          what={QUESTION_WORDS[purpose]}
          open={added.open.find((question) => question.purpose === purpose)}
          answer={answers[purpose]}
          source={sourceWords(purpose, detail)}
          edit={
            pair.state === "accepted" && purpose !== "guess_latent" ? (
              <EditOf project={project} detail={detail} purpose={purpose} />
            ) : null
          }
        />
      ))}
    </section>
  );
}

/** What was said of prompts is edited prompt by prompt. */
function EditOf({
  purpose,
  ...props
}: ProposerAddsProps & { purpose: Exclude<PairQuestion, "guess_latent"> }) {
  if (purpose === "reword_prompts") return <EditRewording {...props} />;
  if (purpose === "find_phrases") return <EditPhrases {...props} />;
  return <EditMethodInput {...props} purpose={purpose} />;
}

function answersOf({ pair, added }: Detail): Record<PairQuestion, ReactNode> {
  const { guess, order, descriptions, phrases, rewording } = added;
  const [a, b] = [pair.conceptA, pair.conceptB];
  return {
    guess_latent: guess ? (
      <Said reason={guess.reason}>
        <b>{guess.latent}</b>
        {standing(guess.latent, pair.latent)}
      </Said>
    ) : null,
    drawing_order: order ? (
      <Said reason={order.reason}>
        <b>{order.first === "a" ? a : b}</b> first, then <b>{order.first === "a" ? b : a}</b>
      </Said>
    ) : null,
    describe_concepts: descriptions ? (
      <>
        <Said reason={descriptions.a}>
          <b>{a}</b>
        </Said>
        <Said reason={descriptions.b}>
          <b>{b}</b>
        </Said>
      </>
    ) : null,
    find_phrases: phrases
      ? phrases.prompts.map((found) => (
          <Said key={found.prompt} reason={found.prompt}>
            <b>{found.a.phrase}</b> {found.a.score}, <b>{found.b.phrase}</b> {found.b.score}
          </Said>
        ))
      : null,
    reword_prompts: rewording
      ? rewording.prompts.map(({ from, to }) => (
          <Said key={from} reason={from}>
            {to}
          </Said>
        ))
      : null,
  };
}

/** The words may have been edited since the guess was taken. */
function standing(guessed: string, expected: string | null): string {
  if (expected === null) return "";
  return guessed === expected ? ", now expected instead" : `; ${expected} stays expected`;
}

function Said({ reason, children }: { reason: string; children: ReactNode }) {
  return (
    <p>
      {children}
      {reason ? <span className="small-print block">{reason}</span> : null}
    </p>
  );
}
