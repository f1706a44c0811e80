const said = (count: number) => count.toLocaleString("en-GB");

/** What to do about a text that is longer than what is kept; false where it fits. */
export function tooLong(text: string, most: number): string | false {
  const over = text.trim().length - most;
  return over > 0 && `Shorten it by ${said(over)}: at most ${said(most)} characters are kept.`;
}

/** "1,980 of 2,000 characters", once half of them are used; null before. */
export function lengthWords(text: string, most: number): string | null {
  const { length } = text.trim();
  return length * 2 > most ? `${said(length)} of ${said(most)} characters` : null;
}
