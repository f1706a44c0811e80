/** The median of some rounds, and the longest silence in any of them. */
export async function times(act: () => Promise<unknown>, rounds = 5) {
  const took: number[] = [];
  const deaf: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ear = listen();
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
    deaf.push(ear.longest());
  }
  const middle = took.toSorted((x, y) => x - y)[rounds >> 1] ?? 0;
  return { tookMs: Math.round(middle), deafMs: Math.round(Math.max(...deaf)) };
}

/** The longest time between two ticks that should come every 5 ms. */
function listen() {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return {
    longest: () => {
      clearInterval(timer);
      return longest;
    },
  };
}
