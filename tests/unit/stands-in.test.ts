import { expect, test } from "vitest";
import golden from "@/gpu-bridge/contract/golden/phrases.json";
import { standsIn } from "@/server/mining/domain/stands-in";

// The endpoints keep the same file: tests/test_words.py.
test.each(golden)("“$phrase” in “$prompt”: $stands", ({ prompt, phrase, stands }) => {
  expect(standsIn(phrase, prompt)).toBe(stands);
});
