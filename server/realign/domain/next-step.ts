import type { RenderState, WorkState } from "@/db/enums";

type Ended = { state: RenderState; reason: string | null };

/** Where the steps before a second image are. */
export type Standing = {
  first: Ended;
  /** null: nobody was asked yet. */
  tags: Ended | null;
  hasPhrases: boolean;
  /** The newest question for them. */
  question: {
    state: WorkState;
    reason: string | null;
    /** Asked since this render was queued. */
    isOfNow: boolean;
  } | null;
};

export type NextStep = {
  /** What is to be asked now, so that it goes on. */
  ask: ("phrases" | "tags")[];
  next: "wait" | "draw" | { fail: string };
};

/** What a second image still waits for, or why it will never come. Pure: whoever calls it twice is told the same. */
export function nextStep(standing: Standing): NextStep {
  const fail = whyNever(standing);
  if (fail) return { ask: [], next: { fail } };
  const { first, tags, hasPhrases, question } = standing;
  const isDrawn = first.state === "done";
  const isAsked = question !== null && (question.isOfNow || isOpen(question.state));
  const ask: NextStep["ask"] = [];
  if (!hasPhrases && !isAsked) ask.push("phrases");
  if (isDrawn && tags === null) ask.push("tags");
  const isReady = isDrawn && tags?.state === "done" && hasPhrases;
  return { ask, next: isReady ? "draw" : "wait" };
}

function whyNever({ first, tags, hasPhrases, question }: Standing): string | null {
  if (isGivenUp(first))
    return `Its first image was not drawn: ${first.reason ?? "it was cancelled"}`;
  if (tags && isGivenUp(tags))
    return `Nobody could say what stands where in its first images: ${tags.reason ?? "that was cancelled"}`;
  if (hasPhrases || !question?.isOfNow) return null;
  if (question.state === "cancelled")
    return "The question for its phrases was given up: ask for “Phrases in the prompts” on the pair's page, or write them there, then retry.";
  return question.state === "done"
    ? "The phrases of its pair are of other prompts: ask for “Phrases in the prompts” on the pair's page, then retry."
    : null;
}

const isGivenUp = ({ state }: Ended) => state === "failed" || state === "cancelled";
const isOpen = (state: WorkState) => state !== "done" && state !== "cancelled";

/** The same in words, for whoever looks at a render that waits. `taggedBy` is the endpoint, and whether a bridge serves it now. */
export function waitingWords(
  { first, tags, hasPhrases, question }: Standing,
  taggedBy: { name: string; isThere: boolean },
): string {
  if (!hasPhrases && question?.state === "waiting")
    return `Waits for the phrases of its prompt: ${question.reason ?? "the question was held"} Open the pair to ask again or to write them.`;
  if (first.state !== "done") return "Waits for its first image, drawn plainly at the same seeds.";
  if (tags?.state !== "done")
    return taggedBy.isThere
      ? `Waits for “${taggedBy.name}”, which says what stands where in its first images.`
      : `Waits for “${taggedBy.name}”, which no bridge serves now: start an endpoint that tags, and its bridge.`;
  return "Waits for the phrases of its prompt, which the proposer was asked for.";
}
