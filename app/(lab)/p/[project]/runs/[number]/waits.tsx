import type { RunSlot } from "../types";

/** What second images wait for, said once for all prompts that wait for the same. */
export function Waits({ slots }: { slots: readonly RunSlot[] }) {
  const byWords = Map.groupBy(
    slots.filter(({ waits }) => waits !== null),
    ({ waits }) => waits,
  );
  if (byWords.size === 0) return null;
  return (
    <ul aria-label="What second images wait for" className="small-print mb-3.5">
      {[...byWords].map(([words, waiting]) => (
        <li key={words}>
          {waiting.length} of {slots.length} prompts: {words}
        </li>
      ))}
    </ul>
  );
}
