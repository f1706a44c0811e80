import { readFileSync } from "node:fs";
import { type Asked, goodAnswer } from "./good-answers";

type Family = { contents: { name: string }[]; hosts: { name: string }[] };
const lexicon = readFileSync("gpu-bridge/local/data/lexicon.json", "utf8");
const { families } = JSON.parse(lexicon) as { families: Family[] };
const CONTENTS = families.flatMap(({ contents }) => contents.map(({ name }) => name));
const HOSTS = families.flatMap(({ hosts }) => hosts.map(({ name }) => name));

/** Good answers of an LLM that names only what the Sketch simulator can draw, each pair once. */
export function worldAnswers(): (asked: Asked) => { text: string } {
  let said = 0;
  const nextPair = () => {
    said += 1;
    // 5 and 48 share no factor: every host comes before one comes again.
    const a = CONTENTS[said % CONTENTS.length];
    const b = HOSTS[(said * 5 + Math.floor(said / HOSTS.length)) % HOSTS.length];
    return { a, b, latent: "its usual place" };
  };
  return (asked) => ({ text: JSON.stringify(inWorldWords(goodAnswer(asked), nextPair)) });
}

function inWorldWords(answer: unknown, nextPair: () => object): unknown {
  if (Array.isArray(answer)) return answer.map((item) => inWorldWords(item, nextPair));
  if (typeof answer !== "object" || answer === null) return answer;
  if ("a" in answer && "b" in answer) {
    if (Array.isArray(answer.a) && Array.isArray(answer.b))
      return { a: CONTENTS.slice(0, answer.a.length), b: HOSTS.slice(-answer.b.length) };
    return "latent" in answer ? { ...answer, ...nextPair() } : answer;
  }
  const entries = Object.entries(answer);
  return Object.fromEntries(entries.map(([key, value]) => [key, inWorldWords(value, nextPair)]));
}
