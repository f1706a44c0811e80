/** The cup. Decorative: the word Teacup stands beside it. */
export function Logo() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="size-[22px] shrink-0 text-accent"
    >
      <path d="M3 8h14v4a6 6 0 0 1-6 6H9a6 6 0 0 1-6-6z" />
      <path d="M17 9h1.5a2.5 2.5 0 0 1 0 5H16.6M5 21h10" />
      <path d="M8 11.5h.01M11 13h.01" strokeWidth="2.6" />
    </svg>
  );
}
