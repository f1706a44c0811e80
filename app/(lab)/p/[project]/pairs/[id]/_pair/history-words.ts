/** What the log of decisions says of a pair, with its actor before it, or without one as a sentence of its own. */
export const PAIR_WORDS = {
  "duplicate.confirm": { by: "called it a duplicate", alone: "It was called a duplicate" },
  "duplicate.keep": { by: "called it no duplicate", alone: "It was called no duplicate" },
  "duplicate.undo": {
    by: "took back what was said of its twin",
    alone: "What was said of its twin was taken back",
  },
  "exemplar.set": {
    by: "changed how the proposer is shown it",
    alone: "How the proposer is shown it changed",
  },
  "grid.adjudicate": {
    by: "had the last word on disputed images",
    alone: "Disputed images were settled",
  },
  "grid.complete": { by: "asked for the full grid", alone: "The full grid was asked for" },
  "grid.look": { by: "asked for one more look", alone: "One more look was asked for" },
  "grid.mend": {
    by: "got a new grid without the broken images",
    alone: "A new grid took the place of the one with broken images",
  },
  "grid.redraw": {
    by: "had broken images drawn again with spare seeds",
    alone: "Broken images were drawn again with spare seeds",
  },
  "look.judge": { by: "judged its first look", alone: "Its first look was judged" },
  "look.ready": { by: "had its first look drawn", alone: "Its first look was drawn" },
  "look.start": { by: "asked for a first look", alone: "A first look was asked for" },
  "look.undo": { by: "took the first look back", alone: "The first look was taken back" },
  "method_input.add": { by: "had the proposer add to it", alone: "The proposer added to it" },
  "method_input.edit": {
    by: "wrote how a method is to draw it",
    alone: "How a method is to draw it was written",
  },
  "pair.accept": { by: "accepted it", alone: "It was accepted" },
  "pair.add": { by: "added it", alone: "It was added" },
  "pair.edit": { by: "changed its words", alone: "Its words were changed" },
  "pair.guess": {
    by: "had guessed what is seen instead",
    alone: "The proposer guessed what is seen instead",
  },
  "pair.reject": { by: "rejected it", alone: "It was rejected" },
  "pair.set_aside": { by: "set it aside", alone: "It was set aside" },
  "pair.stage": { by: "sent it on its way", alone: "It went on its way" },
  "pair.undo": { by: "took the decision back", alone: "The decision was taken back" },
  "prompts.cancel": { by: "gave its prompts up", alone: "Its prompts were given up" },
  "prompts.record": { by: "had five prompts written", alone: "The proposer wrote five prompts" },
  "prompts.request": { by: "asked for prompts", alone: "Prompts were asked for" },
  "prompts.save": { by: "wrote a new set of prompts", alone: "A new set of prompts came in" },
} satisfies Record<string, { by: string; alone: string }>;

/** One line of the history; an action that has no words yet is told as it is logged. */
export function pairWords(action: string, by: string | null): string {
  const words = Object.entries(PAIR_WORDS).find(([known]) => known === action)?.[1];
  if (!words) return action;
  return by ? words.by : words.alone;
}
