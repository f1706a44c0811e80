// @vitest-environment jsdom
import { notifyManager } from "@tanstack/react-query";
import { act, useState } from "react";
import superjson from "superjson";
import { beforeEach, expect, test, vi } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { Toaster } from "@/app/_ui/toaster";
import { ScoreImages } from "@/app/(lab)/p/[project]/_scores/score-images";
import type { ShownScoring } from "@/server/scoring/show-scoring";
import { press, renderPart } from "@/tests/support/render";

// What an answer changes on the screen is React's to flush, in a test too.
notifyManager.setNotifyFunction((tell) => act(tell));

const SCORING: ShownScoring = {
  endpoints: [{ name: "tiny-world-oracle", scorers: ["oracle"], isThere: true }],
  images: 20,
  asked: [],
};

/** What the server is still to answer to starts, in the order in which they came. */
let starts: ((answer: Response) => void)[];

beforeEach(() => {
  starts = [];
  vi.stubGlobal("fetch", (address: string) =>
    address.includes("scoring.start")
      ? new Promise<Response>((resolve) => starts.push(resolve))
      : Promise.resolve(Response.json([{ result: { data: superjson.serialize(SCORING) } }])),
  );
  return () => vi.unstubAllGlobals();
});

/** Two pages between which a person goes. */
function Pages({ run }: { run: number }) {
  const [isHere, setIsHere] = useState(true);
  return (
    <TrpcProvider>
      <Toaster>
        <button type="button" onClick={() => setIsHere(!isHere)}>
          Elsewhere and back
        </button>
        {isHere ? <ScoreImages project="tea" of={{ kind: "run", number: run }} /> : null}
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
