import type { SeatKind } from "@/db/enums";

export type CountableSeat = { kind: SeatKind; isCompleted: boolean; isSimulated: boolean };

/** Whose votes make the consensus: people's where one has a seat, else simulated raters'; nobody's while a planned seat is open. */
export function countedSeats<S extends CountableSeat>(seats: readonly S[]): S[] {
  if (seats.some(({ kind, isCompleted }) => kind === "plan" && !isCompleted)) return [];
  const completed = seats.filter(({ isCompleted }) => isCompleted);
  const people = completed.filter(({ isSimulated }) => !isSimulated);
  return people.length > 0 ? people : completed;
}

/** One rater's word needs no Level beside that of the sitting, unless an image was adjudicated. */
export const isJoint = (raters: number, adjudicated: number): boolean =>
  raters > 1 || adjudicated > 0;
