const count = new Intl.NumberFormat("en-GB");

export const many = (number: number, thing: string): string =>
  `${count.format(number)} ${thing}${number === 1 ? "" : "s"}`;

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** "1.2 MB": powers of 1000, as a download list shows them. */
export function bytesWords(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}
