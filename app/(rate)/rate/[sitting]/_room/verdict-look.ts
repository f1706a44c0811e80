import { Check, CircleDashed, Flag, X } from "lucide-react";

/** Word, icon and colour of each verdict: never colour alone. */
export const VERDICT_LOOK = {
  unrated: {
    word: "Unrated",
    Icon: CircleDashed,
    edge: "border-dashed border-line-control",
    rail: "",
    ink: "text-ink-3",
  },
  correct: {
    word: "Correct",
    Icon: Check,
    edge: "border-good",
    rail: "bg-good-tint",
    ink: "text-good font-mid [&_svg]:stroke-[2.5]",
  },
  incorrect: {
    word: "Incorrect",
    Icon: X,
    edge: "border-bad",
    rail: "bg-bad-tint",
    ink: "text-bad font-mid [&_svg]:stroke-[2.5]",
  },
  broken: {
    word: "Broken",
    Icon: Flag,
    edge: "border-dashed border-warn",
    rail: "bg-warn-tint",
    ink: "text-warn font-mid",
  },
} as const;
