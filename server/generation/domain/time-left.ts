/** "about 14 minutes"; null while nothing has arrived that a rate could be read from. */
export function timeLeft(images: number, perMinute: number): string | null {
  if (images === 0 || perMinute <= 0) return null;
  const minutes = images / perMinute;
  if (minutes < 1) return "less than a minute";
  if (minutes < 90) return `about ${counted(Math.ceil(minutes), "minute")}`;
  return `about ${counted(Math.round(minutes / 60), "hour")}`;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
