/** So many at a time, in the order they asked. */
export class Permits {
  #free: number;
  #queue: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    };
  }
}
