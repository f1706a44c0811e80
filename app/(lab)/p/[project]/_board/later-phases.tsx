const LATER = [
  {
    number: 3,
    name: "New patterns",
    says: "When proposals mostly repeat what you have, the LLM is asked for new patterns and you approve them. This version of Teacup runs phases 1 and 2; a new pattern can be named by hand under Patterns at any time.",
  },
  {
    number: 4,
    name: "Merge",
    says: "Two patterns are crossed into two new ones, with their parents recorded. It needs at least two patterns with rated pairs, and comes together with phase 3.",
  },
] as const;

/** What the loop does next once the first two phases run dry; text alone, nothing to press. */
export function LaterPhases() {
  return LATER.map((phase) => (
    <section
      key={phase.number}
      aria-label={`Phase ${phase.number}: ${phase.name}`}
      className="flex flex-col bg-surface-sunken px-4 pt-3 pb-3.5 last:rounded-r-2"
    >
      <div className="flex h-5 items-center gap-2 text-ink-3">
        <span className="text-14 font-bold">{phase.number}</span>
        <h2 className="text-ink-3">{phase.name}</h2>
        <span className="ml-auto text-12">Not in this version</span>
      </div>
      <p className="mt-2.5 text-13 text-ink-3">{phase.says}</p>
    </section>
  ));
}
