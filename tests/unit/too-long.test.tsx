// @vitest-environment jsdom
import { globSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { lengthWords, tooLong } from "@/app/_ui/too-long";
import { CannotJudgeDialog } from "@/app/(rate)/rate/[sitting]/_room/cannot-judge-dialog";
import { SavePromptSet } from "@/server/mining/schemas";
import { inWords } from "@/server/trpc/in-words";
import { press, renderPart, typeInto } from "@/tests/support/render";

test("no field of the product lets the browser cut what is pasted", () => {
  const cutting = globSync("app/**/*.tsx").filter((file) =>
    readFileSync(file, "utf8").includes("maxLength"),
  );

  expect(cutting).toEqual([]);
});

test("a text is counted from half of its limit on, and one beyond is told by how much", () => {
  expect(lengthWords("a".repeat(1000), 2000)).toBeNull();
  expect(lengthWords("a".repeat(1980), 2000)).toBe("1,980 of 2,000 characters");
  expect(tooLong(`${"a".repeat(2000)} `, 2000)).toBe(false);
  expect(tooLong("a".repeat(2034), 2000)).toBe(
    "Shorten it by 34: at most 2,000 characters are kept.",
  );
});

test("a reason that is too long stays whole in its field, is counted and refused with what to do", async () => {
  const decide = vi.fn();
  await renderPart(<CannotJudgeDialog onDecide={decide} onClose={() => undefined} />);
  const field = document.querySelector("[role=dialog] input") as HTMLInputElement;
  const passOn = () => document.querySelector("[role=dialog] button[type=submit]");

  await typeInto(field, "a".repeat(520));
  await press(passOn());

  expect(field.value).toHaveLength(520);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const dialog = document.querySelector("[role=dialog]");
  expect(dialog?.textContent).toContain("520 of 500 characters");
  expect(dialog?.textContent).toContain("Shorten it by 20: at most 500 characters are kept.");
  expect(decide).not.toHaveBeenCalled();

  await typeInto(field, "a".repeat(500));
  await press(passOn());
  expect(decide).toHaveBeenCalledWith("a".repeat(500));
});

test("the server says in words which text is too long", () => {
  const { error } = z.object({ note: z.string().max(2000) }).safeParse({ note: "a".repeat(2001) });

  expect(inWords(error!)).toBe("Shorten “note”: at most 2,000 characters are kept.");
});

test("a prompt that is too long is named by its number", () => {
  const prompts = ["a", "b", "c".repeat(100_000), "d", "e"];
  const { error } = SavePromptSet.safeParse({ pairId: crypto.randomUUID(), prompts });

  expect(inWords(error!)).toBe("Shorten “prompt 3”: at most 2,000 characters are kept.");
});

test("an item of a list is named by its number, as people count, and what lies in it with it", () => {
  const schema = z.object({
    texts: z.array(z.string().max(3)),
    examples: z.array(z.object({ caption: z.string().max(3) })),
    boxes: z.array(z.array(z.number())),
    entries: z.array(z.number()),
  });
  const { error } = schema.safeParse({
    texts: ["long"],
    examples: [{ caption: "a" }, { caption: "long" }],
    boxes: [[0, "1"]],
    entries: ["1"],
  });

  expect(inWords(error!)).toBe(
    "Shorten “text 1”: at most 3 characters are kept. " +
      "Shorten “caption of example 2”: at most 3 characters are kept. " +
      "item 2 of box 1: Invalid input: expected number, received string " +
      "entry 1: Invalid input: expected number, received string",
  );
});
