import { Check, createLucideIcon, Flag, X } from "lucide-react";

/** lucide's circle-dashed, its eight strokes in one path: each first verdict takes it out of the page. */
const CircleDashed = createLucideIcon({
  name: "circle-dashed",
  size: 24,
  node: [
    [
      "path",
      {
        d: "M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7",
        key: "strokes",
      },
    ],
  ],
});

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
