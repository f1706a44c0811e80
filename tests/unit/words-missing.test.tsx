// @vitest-environment jsdom
import { useState } from "react";
import superjson from "superjson";
import { afterEach, expect, test, vi } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { Toaster } from "@/app/_ui/toaster";
import { WordsMissing } from "@/app/(lab)/p/[project]/compare/new/_new/words-missing";
import { press, renderPart } from "@/tests/support/render";

afterEach(() => vi.unstubAllGlobals());

/** The page's part, and a button that stands for the answer's coming in. */
function Part() {
  const [isKnown, setIsKnown] = useState(false);
  const pairs = [
    { pairId: "coke", isKnown: true },
    { pairId: "wine", isKnown },
  ];
  return (
    <TrpcProvider>
      <Toaster>
        <div id="part">
          <WordsMissing project="tea" pairs={pairs} ask="drawing_order" />
        </div>
        <button type="button" id="answer" onClick={() => setIsKnown(true)}>
          answer
        </button>
      </Toaster>
    </TrpcProvider>
  );
}

test("the drawing order is asked for on the spot, of the pairs that lack it, until it is known", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
    sent.push(superjson.deserialize(JSON.parse(body)[0]));
    return Response.json([{ result: { data: superjson.serialize({ asked: 1, isMore: false }) } }]);
  });
  const place = await renderPart(<Part />);
  const said = () => place.querySelector("#part")?.textContent;
  expect(said()).toBe(
    "1 of these pairs has no drawing order. Without it MoCE draws A first, which seldom repairs.Ask for it",
  );

  await press(place.querySelector("#part button"));
  await vi.waitFor(() => expect(said()).toContain("Asked: the answers come in by themselves."));
  expect(place.querySelector("#part button")).toBeNull();
  expect(sent).toEqual([
    { project: "tea", state: "accepted", purpose: "drawing_order", pairIds: ["wine"] },
  ]);

  await press(place.querySelector("#answer"));
  expect(said()).toBe("The drawing order is known now.");
});
