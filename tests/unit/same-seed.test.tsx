// @vitest-environment jsdom
import { notifyManager } from "@tanstack/react-query";
import { act } from "react";
import superjson from "superjson";
import { afterEach, expect, test, vi } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { SameSeed } from "@/app/(lab)/p/[project]/compare/_compare/same-seed";
import { SameSeedDialog } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/same-seed-dialog";
import type { ShownPair } from "@/server/comparison/show-compared-pair";
import type { Comparison } from "@/server/comparison/show-comparison";
import { type ImageNotes, imageNotes } from "@/server/generation/domain/image-notes";
import { press, renderPart } from "@/tests/support/render";

// What an answer changes on the screen is React's to flush, in a test too.
notifyManager.setNotifyFunction((tell) => act(tell));
afterEach(() => vi.unstubAllGlobals());

const HOSTED = {
  keeps_seeds: false,
  ignored: ["negative_prompt", "steps"],
  revised_prompt: "A photo of tea",
};
const TRACE = {
  visited: [
    { step: 6, first: 0.84, second: 0.55 },
    { step: 3, first: 0.74, second: 0.76, kept: true },
  ],
  threshold: 0.72,
};

function sheetOf(generator: string, notes: ImageNotes | null): ShownPair["fresh"][number] {
  return {
    generatorRevisionId: generator,
    generator,
    revision: 1,
    levels: [],
    cells: [
      { prompt: 1, row: 0, seed: 7, imageId: `${generator}-image`, reason: null, notes, marks: [] },
    ],
  } as unknown as ShownPair["fresh"][number];
}

const comparison = {
  repair: { number: 1 },
  two: { firstId: "sdxl", secondId: "second" },
  judge: "human",
  generators: ["sdxl", "second"].map((id) => ({ revisionId: id, name: id, number: 1 })),
  pairs: [{ pairId: "pair", conceptA: "iced coke", conceptB: "tea cup", latent: null, levels: {} }],
} as unknown as Comparison;

/** The viewer, as the product answers it; only the network is not there. */
async function showWith(
  trace: unknown,
  notes: ImageNotes | null,
  number = 1,
  fresh = [sheetOf("sdxl", null), sheetOf("second", notes)],
  toRate = false,
) {
  const shown = {
    prompts: [{ position: 1, text: "A tea cup of iced coke." }],
    fresh,
    mining: [],
    toRate,
    traces: [
      {
        imageId: "second-image",
        position: 0,
        seed: 7,
        evals: 40,
        trace,
        model: { name: "sdxl-base", revision: "462165984030d82259a1" },
        method: { name: "moce", version: "3", mode: "searched" },
        words: { sources: { moce_order: "llm" }, reworded: null },
      },
    ],
  };
  vi.stubGlobal("fetch", async () =>
    Response.json([{ result: { data: superjson.serialize(shown) } }]),
  );
  const of = { ...comparison, repair: { ...comparison.repair, number } };
  const place = await renderPart(
    <TrpcProvider>
      <SameSeed project="tea" comparison={of} />
    </TrpcProvider>,
  );
  const drawn = fresh.filter(({ cells }) => cells.some(({ imageId }) => imageId !== null));
  const seen = toRate ? 0 : drawn.length;
  await vi.waitFor(() => {
    expect(place.textContent).toContain("A tea cup of iced coke.");
    expect(place.querySelectorAll("img")).toHaveLength(seen);
  });
  return place;
}

test("an image that is not there yet says whether it waits, is being drawn, or will not come", async () => {
  const [first, second] = [sheetOf("sdxl", null), sheetOf("second", null)];
  const waiting = (state: "queued" | "failed") => ({
    ...second,
    cells: second.cells.map((cell) => ({ ...cell, imageId: null, state })),
  });
  const said = async (state: "queued" | "failed", number: number) =>
    (await showWith({}, null, number, [first, waiting(state)])).textContent;

  expect(await said("queued", 11)).toContain("Waits to be drawn");
  expect(await said("failed", 12)).toContain("Failed; its run says why");
});

test("how MoCE found its step is told in words and drawn, with the version and the model that drew", async () => {
  const place = await showWith(TRACE, null);

  expect(place.querySelector("h2")?.textContent).toContain("Same seed prompt 1, seed 1, fresh");
  expect(place.textContent).toContain("Drawn by MoCE, its step searched, on sdxl-base");
  expect(
    place.querySelector('[title="moce, version 3 (searched), on sdxl-base at 462165984030"]'),
  ).not.toBeNull();
  expect(place.textContent).toContain("Drawing order, the proposer's answer.");
  expect(place.querySelector("h3")?.textContent).toBe("How it got there");
  const rounds = [...place.querySelectorAll("section section li")];
  expect(rounds.map(({ textContent }) => textContent)).toEqual([
    "Round 1, after step 6: first 0.84, second 0.55, apart 0.29",
    "Round 2, after step 3: first 0.74, second 0.76, apart 0.02 ✓ kept",
  ]);
  const drawing = place.querySelector("svg[viewBox='0 0 300 150']")!;
  expect(drawing.querySelectorAll("circle")).toHaveLength(2);
  expect(drawing.querySelectorAll("line")).toHaveLength(1);
  const gaps = [...drawing.querySelectorAll("[data-gap]")];
  expect(gaps.map(({ textContent }) => textContent)).toEqual(["0.29", "0.02"]);
  const inks = gaps.map((gap) => gap.querySelector("path")?.getAttribute("stroke"));
  expect(inks).toEqual(["var(--ink-2)", "var(--good)"]);
});

test("of a probe's image both ways round are told and drawn, with the step at which each concept is decided", async () => {
  const point = (step: number, first: number, second: number) => ({ step, first, second });
  const curves = {
    first_to_second: [point(0, 0.2, 0.3), point(10, 0.25, 0.24), point(20, 0.3, 0.2)],
    second_to_first: [point(0, 0.3, 0.2), point(10, 0.26, 0.24), point(20, 0.25, 0.24)],
  };
  const place = await showWith({ scorer: "clipscore", images: [{ curves }] }, null, 3);

  expect(place.querySelector("h3")?.textContent).toBe("When each concept is decided");
  const told = [...place.querySelectorAll("section section div > p")];
  expect(told.map(({ textContent }) => textContent)).toEqual([
    "Begun with the first concept: decided after step 10",
    "Begun with the second concept: decided at no step",
  ]);
  const [first, second] = place.querySelectorAll("section section ol");
  expect(first?.querySelector("li")?.textContent).toBe(
    "Switched after step 0: first 0.20, second 0.30, follows",
  );
  expect(second?.querySelector("li:last-child")?.textContent).toContain("follows");
  expect(place.querySelectorAll("svg[viewBox='0 0 300 150']")).toHaveLength(2);
});

test("images of a model that takes no seed are not called same-seed, and what its host left out is told beside them", async () => {
  const place = await showWith({}, imageNotes(HOSTED), 2);

  expect(place.querySelector("h2")?.textContent).toContain(
    "Same prompt, not the same seed prompt 1, image 1",
  );
  const [first, second] = place.querySelectorAll("figure");
  expect(first?.querySelector("img")?.alt).toBe("By sdxl, revision 1, seed 7");
  expect(second?.querySelector("img")?.alt).toBe("By second, revision 1, a fresh draw");
  expect([...second!.querySelectorAll("li")].map(({ textContent }) => textContent)).toEqual([
    "Its model takes no seed: a fresh draw, which no other image shares.",
    "Asked, and not taken by its host: negative prompt, steps.",
    "Drawn from other words: “A photo of tea”",
  ]);
  expect(first?.querySelector("li")).toBeNull();
});

test("the large view says so too, and what of the prompt was cut", async () => {
  const cut = imageNotes({ truncated: { "A long prompt": "and lost" } });
  const show = async (notes: ImageNotes | null) => {
    await renderPart(
      <SameSeedDialog
        sheets={[sheetOf("sdxl", cut), sheetOf("second", notes)]}
        place={{ prompt: 1, row: 0 }}
        onPlace={() => undefined}
        onOpenChange={() => undefined}
      />,
    );
    return [...document.querySelectorAll("[role=dialog]")].at(-1)?.textContent;
  };

  expect(await show(null)).toContain("Prompt 1, seed 1");
  const told = await show(imageNotes(HOSTED));
  expect(told).toContain("Prompt 1, image 1");
  expect(told).toContain("Not the same seed: a model here takes none.");
  expect(told).toContain("Not read by the model, for “A long prompt” is too long: “and lost”.");
});

test("words that the model does not know are told beside its image", async () => {
  const place = await showWith({}, imageNotes({ unknown_tokens: ["samovar", "opal"] }), 4);

  const [first, second] = place.querySelectorAll("figure");
  expect(second?.querySelector("li")?.textContent).toBe(
    "Words that its model does not know, which said nothing to it: samovar, opal.",
  );
  expect(first?.querySelector("li")).toBeNull();
});

test.each([[null], [{}], [[]], [{ keeps_seeds: true, ignored: [] }], [{ truncated: "x" }]])(
  "a trace of %j tells of nothing that was drawn otherwise",
  (trace) => expect(imageNotes(trace)).toBeNull(),
);

test("images that the viewer may still be handed to rate stay unseen until they are asked for", async () => {
  const both = [sheetOf("sdxl", null), sheetOf("second", null)];
  const place = await showWith(TRACE, null, 5, both, true);

  expect(place.textContent).toContain("Rate first: seen by name, these images would bias");
  expect(place.textContent).not.toContain("How it got there");
  await act(async () => {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: ".", bubbles: true }));
  });
  expect(document.querySelectorAll("[role=dialog] img")).toHaveLength(0);
  await press([...place.querySelectorAll("button")].at(-1)!);
  expect([...place.querySelectorAll("img")].map(({ alt }) => alt)).toEqual([
    "By sdxl, revision 1, seed 7",
    "By second, revision 1, seed 7",
  ]);
  expect(place.textContent).toContain("How it got there");
});
