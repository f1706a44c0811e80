// @vitest-environment jsdom
import { notifyManager } from "@tanstack/react-query";
import { act, useState } from "react";
import superjson from "superjson";
import { beforeEach, expect, test, vi } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { Toaster } from "@/app/_ui/toaster";
import { ScoreImages } from "@/app/(lab)/p/[project]/_scores/score-images";
import type { ScoredSubject } from "@/server/scoring/schemas";
import type { ShownScoring } from "@/server/scoring/show-scoring";
import { press, renderPart } from "@/tests/support/render";

// What an answer changes on the screen is React's to flush, in a test too.
notifyManager.setNotifyFunction((tell) => act(tell));

const SCORING: ShownScoring = {
  endpoints: [{ name: "tiny-world-oracle", scorers: ["oracle"], judges: [], isThere: true }],
  images: 20,
  asked: [],
};

/** What the server is still to answer to starts, in the order in which they came. */
let starts: ((answer: Response) => void)[];
let shown: ShownScoring;

beforeEach(() => {
  starts = [];
  shown = SCORING;
  vi.stubGlobal("fetch", (address: string) =>
    address.includes("scoring.start")
      ? new Promise<Response>((resolve) => starts.push(resolve))
      : Promise.resolve(Response.json([{ result: { data: superjson.serialize(shown) } }])),
  );
  return () => vi.unstubAllGlobals();
});

/** Two pages between which a person goes. */
function Pages({ run, kind = "run" }: { run: number; kind?: ScoredSubject["kind"] }) {
  const [isHere, setIsHere] = useState(true);
  return (
    <TrpcProvider>
      <Toaster>
        <button type="button" onClick={() => setIsHere(!isHere)}>
          Elsewhere and back
        </button>
        {isHere ? <ScoreImages project="tea" of={{ kind, number: run }} /> : null}
      </Toaster>
    </TrpcProvider>
  );
}

const section = () => document.querySelector("section[aria-label='Automatic scores']");
const opener = () => section()?.querySelector("button") ?? null;

/** Starts the scoring of a run, and goes to another page and back before there is an answer. */
async function leaveWhileItStarts(run: number) {
  const place = await renderPart(<Pages run={run} />);
  const away = () =>
    press(
      [...place.querySelectorAll("button")].find(
        ({ textContent }) => textContent === "Elsewhere and back",
      ) ?? null,
    );
  await vi.waitFor(() => expect(opener()).not.toBeNull());
  await press(opener());
  await press(document.querySelector("[role=dialog] button[type=submit]"));
  await vi.waitFor(() => expect(starts).toHaveLength(1));
  await away();
  expect(section()).toBeNull();
  await away();
}

test("who leaves the page while a scoring starts, and comes back, sees that it starts and cannot start it twice", async () => {
  await leaveWhileItStarts(1);

  expect(opener()?.textContent).toBe("Starting");
  await press(opener());
  expect(document.querySelector("[role=dialog]")).toBeNull();

  await act(async () =>
    starts[0]?.(
      Response.json([{ result: { data: superjson.serialize({ number: 1, tasks: 5 }) } }]),
    ),
  );
  await vi.waitFor(() => expect(opener()?.textContent).toBe("Score images …"));
  expect(document.body.textContent).toContain("The images of 5 prompts are to be scored");
});

test("why a scoring did not start is told to who left the page meanwhile, too", async () => {
  await leaveWhileItStarts(2);

  const message = "No bridge serves an endpoint that scores.";
  const error = superjson.serialize({ message, code: -32603, data: { httpStatus: 400 } });
  await act(async () => starts[0]?.(Response.json([{ error }], { status: 400 })));

  await vi.waitFor(() => expect(section()?.textContent).toContain(message));
  expect(opener()?.textContent).toBe("Score images …");
});

test("a run is not said to start because another one does", async () => {
  await leaveWhileItStarts(3);

  await renderPart(<Pages run={4} />);

  const openers = () =>
    [...document.querySelectorAll("section[aria-label='Automatic scores'] button")].map(
      ({ textContent }) => textContent,
    );
  await vi.waitFor(() => expect(openers()).toEqual(["Starting", "Score images …"]));
});

const DONE = {
  endpoint: "tiny-world-oracle",
  scorers: ["oracle"],
  state: "done" as const,
  ...{ done: 5, failed: 0, open: 0, reason: null },
};
const lines = () => [...(section()?.querySelectorAll("p") ?? [])].map((p) => p.textContent);

test("a scoring that nobody asked for says that it started by itself, and one that a person asked for does not", async () => {
  const asked = [true, false].map((isUnasked, at) => ({
    ...DONE,
    number: 2 - at,
    run: 5,
    isUnasked,
  }));
  shown = { ...SCORING, asked };
  await renderPart(<Pages run={5} />);

  await vi.waitFor(() =>
    expect(lines()).toEqual([
      "2: oracle by tiny-world-oracle, started by itself, 5 of 5 prompts",
      "1: oracle by tiny-world-oracle, 5 of 5 prompts",
    ]),
  );
});

test("a comparison says of the scorings of its runs which run, with the way there, and that they started by themselves", async () => {
  const own = { ...DONE, number: 3, run: null, isUnasked: false };
  shown = { ...SCORING, asked: [own, { ...DONE, number: 2, run: 7, isUnasked: true }] };
  await renderPart(<Pages run={5} kind="repair" />);

  await vi.waitFor(() =>
    expect(lines()).toEqual([
      "3: oracle by tiny-world-oracle, 5 of 5 prompts",
      "2: oracle by tiny-world-oracle for run 7, started by itself, 5 of 5 prompts",
    ]),
  );
  const ways = [...(section()?.querySelectorAll("p a") ?? [])].map((a) => a.getAttribute("href"));
  expect(ways).toEqual(["/p/tea/runs/7"]);
});
