import type { Inquiry } from "@/db/schema";

/** @throws when the inquiry was made without what its purpose is about. */
export function subjectOf(
  inquiry: Inquiry,
  name: "patternId" | "otherPatternId" | "pairId",
): string {
  const id = inquiry[name];
  if (!id) throw new Error(`An inquiry to ${inquiry.purpose} needs its ${name}`);
  return id;
}
