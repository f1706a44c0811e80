// To a millionth of the currency: products and quotients of decimals are not quite what was typed.
const FINEST = 1e6;

/** Hundredths as a price in the currency; null: nobody said one. */
export const priceOf = (cents: number | null): string =>
  cents === null ? "" : String(Math.round((cents * FINEST) / 100) / FINEST);

/** Hundredths, and parts of one: an image may cost less. Nothing typed is null; undefined: no price. */
export function centsIn(text: string, most: number): number | null | undefined {
  if (text.trim() === "") return null;
  const cents = Math.round(Number(text.replace(",", ".")) * FINEST) / (FINEST / 100);
  return cents >= 0 && cents <= most ? cents : undefined;
}

export function wholeCentsIn(text: string): number | null | undefined {
  const cents = centsIn(text, 100_000_000);
  return typeof cents === "number" ? Math.round(cents) : cents;
}
