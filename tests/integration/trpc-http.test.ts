import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts } from "@/db/schema";
import { clientAddress } from "@/server/auth/client-address";
import { cookieName, sessionCookie } from "@/server/auth/session";
import { serveRequest } from "@/server/trpc/serve-request";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();
const OWN = "http://localhost:3000";
const ann = await makeAccountWithPassword(db);
const cookieOf = async (sessionVersion = 1) =>
  (await sessionCookie({ accountId: ann.id, sessionVersion })).split(";")[0]!;

const call = (path: string, init: RequestInit = {}) =>
  serveRequest(new Request(`${OWN}/api/trpc/${path}`, init));

async function rename(name: string, headers: Record<string, string>, type = "application/json") {
  return call("auth.account.rename", {
    method: "POST",
    headers: { "content-type": type, cookie: await cookieOf(), ...headers },
    body: JSON.stringify({ json: { name } }),
  });
}
const nameOf = async () =>
  (await db.select().from(accounts).where(eq(accounts.id, ann.id)))[0]!.name;
const me = async (headers: Record<string, string>) =>
  (await call("auth.account.me", { headers })).status;

test("our own pages may change things with the session's cookie", async () => {
  expect((await rename("By fetch metadata", { "sec-fetch-site": "same-origin" })).status).toBe(200);
  expect(await nameOf()).toBe("By fetch metadata");
  expect((await rename("By origin", { origin: OWN })).status).toBe(200);
  expect(await nameOf()).toBe("By origin");
});

test.each([
  ["another site's origin", { origin: "https://evil.example" }],
  ["an origin of null", { origin: "null" }],
  ["a cross-site fetch", { "sec-fetch-site": "cross-site", origin: OWN }],
  ["a neighbouring subdomain", { "sec-fetch-site": "same-site" }],
  ["a request that names no origin", {}],
])("%s changes nothing", async (_, headers) => {
  const before = await nameOf();

  expect((await rename("Changed by a stranger", headers)).status).toBe(403);
  expect(await nameOf()).toBe(before);
});

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])(
  "a body of type %j, as a plain form could send, is refused",
  async (type) => {
    expect((await rename("Changed by a form", { origin: OWN }, type)).status).toBe(415);
  },
);

test("a link cannot change anything", async () => {
  const input = encodeURIComponent(JSON.stringify({ json: { name: "Changed by a link" } }));
  const answer = await call(`auth.account.rename?input=${input}`, {
    headers: { cookie: await cookieOf() },
  });

  expect(answer.status).toBe(405);
});

test("a bearer token never speaks for the person whose cookie came along", async () => {
  const cookie = await cookieOf();

  expect(await me({ cookie })).toBe(200);
  expect(await me({ cookie, authorization: "Bearer something" })).toBe(401);
});

test("a forged, a cut and an outdated cookie are strangers'", async () => {
  const cookie = await cookieOf();

  expect(await me({})).toBe(401);
  expect(await me({ cookie: `${cookieName("session")}=forged` })).toBe(401);
  expect(await me({ cookie: cookie.slice(0, -4) })).toBe(401);
  expect(await me({ cookie: await cookieOf(2) })).toBe(401);
});

test("the browser that changes the password gets a cookie that goes on, the old one ends", async () => {
  const old = await cookieOf();
  const answer = await call("auth.account.changePassword", {
    method: "POST",
    headers: { "content-type": "application/json", cookie: old, origin: OWN },
    body: JSON.stringify({ json: { current: PASSWORD, password: "a saucer full of secrets" } }),
  });

  expect(answer.status).toBe(200);
  const [line] = answer.headers.getSetCookie();
  expect(line).toMatch(/; HttpOnly; SameSite=Lax$/);
  expect(await me({ cookie: old })).toBe(401);
  expect(await me({ cookie: line!.split(";")[0]! })).toBe(200);
  await db.update(accounts).set({ sessionVersion: 1 }).where(eq(accounts.id, ann.id));
});

const headers = { "content-type": "application/json", origin: OWN };

test("a body over the limit is refused, whether or not it says how long it is", async () => {
  const large = "x".repeat(1024 * 1024 + 1);
  const chunks = () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });

  const said = await call("auth.account.rename", { method: "POST", headers, body: large });
  const streamed = await call("auth.account.rename", {
    method: "POST",
    headers,
    body: chunks(),
    duplex: "half",
  } as RequestInit);

  expect([said.status, streamed.status]).toEqual([413, 413]);
});

test("more than ten calls in one request are refused", async () => {
  const eleven = Array.from({ length: 11 }, () => "auth.account.me").join(",");

  expect((await call(`${eleven}?batch=1`, { headers: { cookie: await cookieOf() } })).status).toBe(
    400,
  );
});

test("an error tells neither a stack nor a file of ours", async () => {
  const answer = await call("auth.people.list", { headers: { cookie: await cookieOf() } });
  const text = await answer.text();

  expect(answer.status).toBe(403);
  expect(text).not.toMatch(/\.ts\b|node_modules|select /i);
});

test("without a trusted proxy the address a client claims does not count", () => {
  expect(clientAddress(new Headers({ "x-forwarded-for": "203.0.113.9" }))).toBeNull();
});

test("a live stream tells its browser after how long a silence it counts as lost", async () => {
  const { body } = await call("live.projects", {
    headers: { cookie: await cookieOf() },
  });
  let said = "";
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    said += part;
    if (said.includes("\ndata: ")) break;
  }

  expect(said).toContain('event: connected\ndata: {"reconnectAfterInactivityMs":10000}');
});
