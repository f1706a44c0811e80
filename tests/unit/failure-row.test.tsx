// @vitest-environment jsdom
import { expect, test } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { Toaster } from "@/app/_ui/toaster";
import { Failures } from "@/app/(lab)/p/[project]/runs/[number]/failures";
import type { RunDetail, RunSlot } from "@/app/(lab)/p/[project]/runs/types";
import { renderPart } from "@/tests/support/render";

const failed = (renderId: string, reason: string, isOutdated: boolean) =>
  ({
    renderId,
    pairId: "pair",
    position: 1,
    conceptA: "iced coke",
    conceptB: "tea cup",
    concept: null,
    prompt: "A tea cup of iced coke.",
    state: "failed",
    failures: 1,
    reason,
    isOutdated,
    awaits: false,
    nextTryAt: new Date(0),
  }) as Partial<RunSlot>;

test("only a render that a new revision helps leads to its form, filled in with what is known", async () => {
  const run = {
    number: 1,
    state: "active",
    failed: 2,
    generatorId: "tiny",
    generatorRevisionId: "tiny-1",
    slots: [
      failed("a", "The endpoint serves other weights: make a new revision", true),
      failed("b", "The prompt is too long", false),
    ],
  } as unknown as RunDetail;
  const place = await renderPart(
    <TrpcProvider>
      <Toaster>
        <Failures project="tea" run={run} />
      </Toaster>
    </TrpcProvider>,
  );
  const [outdated, other] = [...place.querySelectorAll("tr")];
  const link = outdated?.querySelector("a");
  expect(link?.textContent).toBe("New revision …");
  expect(link?.getAttribute("href")).toBe(
    "/p/tea/generators/tiny/revise?from=tiny-1&weights=other",
  );
  expect(other?.querySelector("a")).toBeNull();
});
