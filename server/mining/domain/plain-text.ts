// Direction marks, zero-width and other format characters; tags; controls but tab and line ends.
const UNSEEN = /[\p{Cf}\p{Co}]|(?![\t\n\r])\p{Cc}/gu;

/** Text without what the eye cannot see and the database cannot hold: two texts that look alike are alike. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(UNSEEN, "").normalize("NFC").trim();
}
