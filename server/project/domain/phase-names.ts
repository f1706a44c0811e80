export const PHASE_NAMES = {
  1: "Seeds",
  2: "Expand and verify",
  3: "New patterns",
  4: "Merge",
} as const;
