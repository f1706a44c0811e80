import type { ImageNotes } from "@/server/generation/domain/image-notes";

/** Beside an image: in what it was drawn otherwise than asked. */
export function NotesOnImage({ notes }: { notes: ImageNotes | null | undefined }) {
  const lines = notes ? linesOf(notes) : [];
  if (lines.length === 0) return null;
  return (
    <ul aria-label="Drawn otherwise than asked" className="mt-1 grid gap-0.5 text-12 text-warn">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function linesOf({ keepsSeeds, ignored, cut, unknownTokens, revisedPrompt }: ImageNotes): string[] {
  return [
    ...(keepsSeeds ? [] : ["Its model takes no seed: a fresh draw, which no other image shares."]),
    ...(ignored.length > 0
      ? [`Asked, and not taken by its host: ${ignored.map(fieldWords).join(", ")}.`]
      : []),
    ...cut.map(
      ({ by, text, lost }) =>
        `Not read by the ${by === "model" ? "model" : "scorer that chose"}, for “${startOf(text)}” is too long: “${lost}”.`,
    ),
    ...(unknownTokens.length > 0
      ? [
          `Words that its model does not know, which said nothing to it: ${unknownTokens.join(", ")}.`,
        ]
      : []),
    ...(revisedPrompt === null ? [] : [`Drawn from other words: “${revisedPrompt}”`]),
  ];
}

const fieldWords = (field: string) => field.replaceAll("_", " ");
const startOf = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
