/** "about 14 minutes"; null while too little has arrived to read a pace from. */
export function timeLeft(images: number, perMinute: number | null): string | null {
  if (images === 0 || perMinute === null) return null;
  const minutes = images / perMinute;
  if (minutes < 1) return "less than a minute";
  if (minutes < 90) return `about ${counted(Math.ceil(minutes), "minute")}`;
  return `about ${counted(Math.round(minutes / 60), "hour")}`;
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
