import type { Db } from "@/db/client";

/** Thrown where a process would have died. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** A database whose user dies when it begins its n-th transaction: what was committed before stays. */
export function crashingDb(db: Db, after: number): Db {
  let left = after;
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== "transaction") return typeof value === "function" ? value.bind(target) : value;
      return (...args: Parameters<Db["transaction"]>) => {
        if (left <= 0) throw new Crash("The process died here");
        left -= 1;
        return target.transaction(...args);
      };
    },
  });
}
