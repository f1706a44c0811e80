import { expect, test } from "vitest";
import { SetEmbeddings, SetLlm } from "@/server/llm/schemas";
import { MeaningLimits } from "@/server/mining/domain/meaning/limits";

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

test.each([
  [{ baseUrl: "localhost" }, "Enter a full address such as http://localhost:11434/v1"],
  [{ model: " " }, "Enter the model's name"],
  [{ apiKey: "  " }, "Enter the key, or leave it empty where none is needed"],
  [{ deadlineSeconds: 1 }, WAIT],
])(
  "what an embeddings endpoint's settings do not take is said in a sentence: %j",
  (wrong, says) => {
    expect(SetEmbeddings.safeParse({ ...GOOD, ...wrong }).error?.issues[0]?.message).toBe(says);
  },
);

test.each([
  [{ flag: 0 }, "Give “Show beside its twin from” a number from 0.5 to 1, such as 0.9"],
  [{ flag: Number.NaN }, "Give “Show beside its twin from” a number from 0.5 to 1, such as 0.9"],
  [{ automatic: 2 }, "Give “Count as a repeat from” a number from 0.5 to 1, such as 0.9"],
  [
    { flag: 0.99 },
    "Raise “Count as a repeat from”, or lower the other: a repeat is at least as alike",
  ],
])("what the limits of an embedder do not take is said in a sentence: %j", (wrong, says) => {
  const given = { flag: 0.84, automatic: 0.95, ...wrong };
  expect(MeaningLimits.safeParse(given).error?.issues[0]?.message).toBe(says);
});
