import { afterAll, beforeAll, expect, test } from "vitest";
import { checkEndpoint } from "@/gpu-bridge/contract/conformance";
import { type FakeEndpoint, startFakeEndpoint } from "../support/fake-endpoint";

let fake: FakeEndpoint;
beforeAll(async () => {
  fake = await startFakeEndpoint();
});
afterAll(() => fake.close());

const failed = (checks: Awaited<ReturnType<typeof checkEndpoint>>) =>
  checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);

test("the tests' fake endpoint keeps the contract when it is told to be good", async () => {
  expect(failed(await checkEndpoint(fake.url, { width: 64, height: 64 }))).toEqual([]);
});

test.each(["html-200", "too-few-images", "zero-byte", "wrong-size-png"] as const)(
  "the suite finds an endpoint that answers with %s",
  async (step) => {
    fake.script([step], { repeat: true });
    const checks = await checkEndpoint(fake.url, { width: 64, height: 64 });
    fake.script([]);

    expect(failed(checks).join()).toContain("a prediction answers with one PNG");
  },
);

test("the suite finds an endpoint that draws the same prediction a second time", async () => {
  fake.script(["draws-anew"], { repeat: true });
  const checks = await checkEndpoint(fake.url, { width: 64, height: 64 });
  fake.script([]);

  expect(failed(checks).map((line) => line.split(":")[0])).toEqual([
    "PUT with the id of a running prediction does not start a second one",
  ]);
});

test.each([
  ["was through before the second is asked for more images", ["draws-anew", "draws-anew", "good"]],
  ["is busy with the first has begun no second", ["good", "busy-409"]],
  ["is busy with another is asked again", ["busy-409", "busy-409", "good", "still-at-it-202"]],
] as const)("an endpoint that %s, and passes", async (_name, steps) => {
  const fake = await startFakeEndpoint();
  // Five predictions come before the two of one id.
  fake.script([...Array(5).fill("good"), ...steps]);
  const checks = await checkEndpoint(fake.url, { width: 64, height: 64 });
  await fake.close();

  expect(failed(checks)).toEqual([]);
});

test.each([
  ["a method that takes concepts is sent both", true, {}, "iced coke,tea cup"],
  ["one that takes none is sent none", false, {}, ""],
  ["of a prompt that lacks one of them none are sent", true, { prompt: "a tea cup" }, ""],
  [
    "a prompt of one's own comes with its concepts",
    true,
    { prompt: "a dog on a bench", concepts: ["dog", "bench"] },
    "dog,bench",
  ],
])("%s", async (_name, concepts, options, sent) => {
  const told = await startFakeEndpoint();
  told.tell({ "x-teacup": { method: { concepts } } });
  await checkEndpoint(told.url, { width: 64, height: 64, ...options });
  await told.close();

  const seen = told.calls.map(({ input }) => (input.concepts ?? []).map(({ text }) => text).join());
  expect([...new Set(seen)]).toEqual([sent]);
});

test("the suite reports an address where nothing answers, and throws nothing", async () => {
  const gone = await startFakeEndpoint();
  await gone.close();

  expect(failed(await checkEndpoint(gone.url))).toHaveLength(9);
});
