// @vitest-environment jsdom
import { notifyManager } from "@tanstack/react-query";
import { act, Suspense } from "react";
import superjson from "superjson";
import { afterEach, expect, test, vi } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { Toaster } from "@/app/_ui/toaster";
import { AddPairDialog } from "@/app/(lab)/p/[project]/pairs/_pairs/add-pair-dialog";
import { press, renderPart, typeInto } from "@/tests/support/render";

// What an answer changes on the screen is React's to flush, in a test too.
notifyManager.setNotifyFunction((tell) => act(tell));
afterEach(() => vi.unstubAllGlobals());

const ANSWERS: Record<string, unknown> = {
  "mining.listPatterns": [{ id: "pattern", name: "Beverages", state: "approved" }],
  "generation.vocabulary": { generator: "Tiny World", concepts: ["iced coke", "tea cup"] },
  "mining.addPairs": { pairIds: ["pair"] },
};

/** What comes once the product has answered, with all that React does until then. */
const comes = (check: () => void) =>
  vi.waitFor(async () => {
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)));
    check();
  }, 4_000);

/** The dialog, as the product answers it, and the pairs that it sends. */
async function openDialog() {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (address: string | URL, init?: { body?: string }) => {
    const { pathname } = new URL(String(address), "http://teacup");
    const asked = decodeURIComponent(pathname).split("/").at(-1)!.split(",");
    if (init?.body) {
      const { pairs } = superjson.deserialize<{ pairs: unknown[] }>(JSON.parse(init.body)[0]);
      sent.push(...pairs);
    }
    const answers = asked.map((name) => ({
      result: { data: superjson.serialize(ANSWERS[name] ?? null) },
    }));
    return Response.json(answers);
  });
  await renderPart(
    <TrpcProvider>
      <Toaster>
        <Suspense>
          <AddPairDialog project="tea" open onOpenChange={() => undefined} />
        </Suspense>
      </Toaster>
    </TrpcProvider>,
  );
  const dialog = () => document.querySelector("[role=dialog]");
  await comes(() => expect(dialog()?.querySelectorAll("input")).toHaveLength(3));
  const type = async (a: string, b: string) => {
    const [first, second] = dialog()!.querySelectorAll("input");
    await typeInto(first!, a);
    await typeInto(second!, b);
  };
  const add = () => press(dialog()!.querySelector("button[type=submit]"));
  return { sent, type, add, said: () => dialog()?.textContent };
}

test("a pair with a concept that its generator cannot draw is added at the second press, and a changed one is told anew", async () => {
  const { sent, type, add, said } = await openDialog();
  await type("iced coke", "samovar");
  expect(said()).toContain("Not in the vocabulary of Tiny World: samovar");
  await add();
  expect(said()).toContain("Add anyway");
  await type("iced coke", "opal");
  expect(said()).not.toContain("Add anyway");
  await add();
  expect(sent).toEqual([]);

  await add();
  await comes(() => expect(sent).toMatchObject([{ a: "iced coke", b: "opal" }]));
});

test("a pair that its generator can draw is added at the first press", async () => {
  const { sent, type, add } = await openDialog();
  await type("iced coke", "tea cup");
  await add();
  await comes(() => expect(sent).toMatchObject([{ a: "iced coke", b: "tea cup" }]));
});
