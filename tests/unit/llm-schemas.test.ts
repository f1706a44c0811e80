import { expect, test } from "vitest";
import { SetLlm } from "@/server/llm/schemas";

const GOOD = { baseUrl: "http://localhost:11434/v1", model: "llama3.1:8b" };
const WAIT = "The longest wait is a whole number of seconds from 5 to 900";
const ANSWER = "The longest answer is a whole number of tokens from 256 to 100,000";

test.each([
  [{ deadlineSeconds: -3 }, WAIT],
  [{ deadlineSeconds: 901 }, WAIT],
  [{ deadlineSeconds: 5.5 }, WAIT],
  [{ deadlineSeconds: Number("soon") }, WAIT],
  [{ maxTokens: 9_999_999 }, ANSWER],
  [{ maxTokens: 255 }, ANSWER],
  [{ model: "m".repeat(201) }, "Keep the model's name under 200 characters"],
])("what an LLM's settings do not take is said in a sentence: %j", (wrong, says) => {
  expect(SetLlm.safeParse({ ...GOOD, ...wrong }).error?.issues[0]?.message).toBe(says);
});
