export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export type Encoding = (typeof ENCODINGS)[number];
export type DecodedText = { encoding: Encoding; text: string };

/** The text of a file by its mark or its bytes; null when only a person can say what it is. */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const marked = markedEncoding(bytes) ?? zeroPattern(bytes);
  return marked ? decodeAs(bytes, marked) : decodeAs(bytes, "utf-8");
}

/** Null when the bytes are no text in this encoding. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): DecodedText | null {
  try {
    // A byte-order mark at the start is dropped by the decoder itself.
    return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function markedEncoding([first, second, third]: Uint8Array): Encoding | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  return null;
}

/** UTF-16 without a mark: Latin letters leave every other byte zero. */
function zeroPattern(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, 2000);
  const zeros = [0, 1].map(
    (odd) => sample.filter((byte, index) => index % 2 === odd && byte === 0).length,
  );
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 5) return "utf-16le";
  return even > sample.length / 5 ? "utf-16be" : null;
}
