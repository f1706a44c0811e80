export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs work in the order in which it was asked for, one after the other, whether it fails or not. */
export function oneAtATime(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}
