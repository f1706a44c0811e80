import { beforeAll, expect, test } from "vitest";
import { clientAddress } from "@/server/auth/client-address";

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://127.0.0.1/none",
    AUTH_SECRET: "a secret for tests that is long enough",
    APP_URL: "https://teacup.example.org",
    TRUSTED_PROXY: "1",
  });
});

const addressOf = (forwarded: string) =>
  clientAddress(new Headers({ "x-forwarded-for": forwarded }));

test("behind a trusted proxy only the entry that the proxy itself added counts", () => {
  expect(addressOf("203.0.113.9")).toBe("203.0.113.9");
  expect(addressOf("10.0.0.1, 198.51.100.7, 203.0.113.9")).toBe("203.0.113.9");
  expect(addressOf("2001:db8::7")).toBe("2001:db8::7");
});

test("what is no address is none", () => {
  expect(addressOf("unknown")).toBeNull();
  expect(addressOf("")).toBeNull();
});
