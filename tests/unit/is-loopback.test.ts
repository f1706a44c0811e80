import { expect, test } from "vitest";
import { isLoopback } from "@/app/(lab)/settings/bridges/is-loopback";

test.each([
  ["http://localhost:4377", true],
  ["http://127.0.0.1:4377", true],
  ["http://127.1.2.3", true],
  ["http://[::1]:4377", true],
  ["http://teacup.localhost:4377", true],
  ["https://teacup.example.org", false],
  ["http://192.168.0.7:4377", false],
  ["http://localhost.example.org", false],
])("%s leads every machine to itself: %s", (address, isIt) => {
  expect(isLoopback(address)).toBe(isIt);
});
