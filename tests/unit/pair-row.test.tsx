// @vitest-environment jsdom
import { expect, test } from "vitest";
import { PairRow } from "@/app/(lab)/p/[project]/pairs/_pairs/pair-row";
import type { ListedPair } from "@/server/mining/list-pairs";
import { renderPart } from "@/tests/support/render";

const PAIR = {
  id: "pair",
  a: "iced coke",
  b: "samovar",
  latent: null,
  variantOfA: null,
  variantOfB: null,
  origin: "human",
  state: "accepted",
  reason: null,
  reasonText: null,
  promptsState: "done",
  pattern: "Beverages",
  levels: [],
} as Partial<ListedPair> as ListedPair;

const rowWith = async (strange: readonly string[]) => {
  const outside = { generator: "Tiny World", has: (concept: string) => strange.includes(concept) };
  const place = await renderPart(
    <table>
      <tbody>
        <PairRow project="cups" pair={PAIR} outside={outside} />
      </tbody>
    </table>,
  );
  return [...place.querySelectorAll("td")].map(({ textContent }) => textContent);
};

test("an accepted pair keeps the mark of the concept that its generator does not know, beside that concept", async () => {
  const [a, b] = await rowWith(["samovar"]);

  expect(a).toBe("iced coke");
  expect(b).toBe("samovarunknown to Tiny World");
});

test("a pair that its generator knows has no mark", async () => {
  expect((await rowWith([])).join(" ")).not.toContain("unknown to");
});
