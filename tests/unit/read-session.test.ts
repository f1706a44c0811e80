import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keptWhileValid } from "@/server/auth/kept-while-valid";
import { readSession, SESSION_SECONDS, sessionCookie } from "@/server/auth/session";
import "@/tests/support/web-environment";

process.env.DATABASE_URL ??= "postgres://nowhere.invalid/none";

const SESSION = { accountId: "0199c0de-0000-7000-8000-000000000001", sessionVersion: 3 };

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const headersWith = (cookie = "") => new Headers({ cookie });

async function signedIn(session = SESSION): Promise<string> {
  const [cookie = ""] = (await sessionCookie(session)).split(";");
  return cookie;
}

test("a cookie says the same each time it is read, and expires all the same", async () => {
  const cookie = await signedIn();
  expect(await readSession(headersWith(cookie))).toEqual(SESSION);
  expect(await readSession(headersWith(cookie))).toEqual(SESSION);
  vi.setSystemTime(Date.now() + (SESSION_SECONDS + 60) * 1000);
  expect(await readSession(headersWith(cookie))).toBeNull();
});

test("one changed letter makes a stranger, also of a cookie that was read before", async () => {
  const cookie = await signedIn();
  expect(await readSession(headersWith(cookie))).toEqual(SESSION);
  const middle = Math.floor(cookie.length / 2);
  const forged = `${cookie.slice(0, middle)}${cookie[middle] === "A" ? "B" : "A"}${cookie.slice(middle + 1)}`;
  expect(await readSession(headersWith(forged))).toBeNull();
  expect(await readSession(headersWith())).toBeNull();
});

test("two people's cookies are told apart", async () => {
  const other = { ...SESSION, sessionVersion: 4 };
  const [one, two] = [await signedIn(), await signedIn(other)];
  for (let round = 0; round < 2; round += 1) {
    expect(await readSession(headersWith(one))).toEqual(SESSION);
    expect(await readSession(headersWith(two))).toEqual(other);
  }
});

test("only so many are kept, the newest ones", () => {
  const kept = keptWhileValid<string>(2);
  const later = Date.now() + 1000;
  for (const name of ["a", "b", "c"]) kept.keep(name, name, later);
  expect(["a", "b", "c"].map((name) => kept.read(name))).toEqual([null, "b", "c"]);
  vi.setSystemTime(later);
  expect(kept.read("c")).toBeNull();
});
