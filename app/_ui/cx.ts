/** Joins class names; a condition that does not hold leaves nothing behind. */
export const cx = (...names: (string | false | null | undefined)[]): string =>
  names.filter(Boolean).join(" ");
