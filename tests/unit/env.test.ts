import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEnv } from "@/server/core/env";

const RIGHT = {
  DATABASE_URL: "postgres://teacup:x@127.0.0.1:5432/teacup",
  AUTH_SECRET: "x".repeat(32),
  APP_URL: "http://localhost:3000",
};

const namesIn = (file: string, pattern: RegExp) =>
  [...readFileSync(file, "utf8").matchAll(pattern)].map(([, name]) => name ?? "");

test("what is not set is chosen, and an empty line in .env counts as not set", () => {
  expect(parseEnv({ ...RIGHT, PORT: "", HOST: "", LLM_BASE_URL: "" })).toMatchObject({
    PORT: 3000,
    HOST: "127.0.0.1",
    TRUSTED_PROXY: "0",
    LLM_BASE_URL: undefined,
  });
});

test.each([
  ["PORT", { PORT: "http" }],
  ["DATABASE_URL", { DATABASE_URL: "mysql://x" }],
  ["AUTH_SECRET", { AUTH_SECRET: "short" }],
  ["APP_URL", { APP_URL: "localhost:3000" }],
  ["TRUSTED_PROXY", { TRUSTED_PROXY: "yes" }],
  ["DEFAULT_GENERATOR", { DEFAULT_GENERATOR: "sdxl" }],
  ["LLM_BASE_URL", { LLM_BASE_URL: "localhost" }],
])("a wrong %s is named in one sentence", (name, wrong) => {
  expect(() => parseEnv({ ...RIGHT, ...wrong })).toThrow(new RegExp(`^${name} is wrong: .+\\.$`));
});

test("a variable that must be there and is not is named too", () => {
  expect(() => parseEnv({ ...RIGHT, AUTH_SECRET: undefined })).toThrow(
    "AUTH_SECRET is not set; .env.example says what it is for.",
  );
});

test.each([
  ["LLM_MODEL", { LLM_BASE_URL: "http://localhost:11434/v1" }],
  ["LLM_BASE_URL", { LLM_MODEL: "qwen3:32b" }],
  ["EMBEDDINGS_MODEL", { EMBEDDINGS_BASE_URL: "http://localhost:11434/v1" }],
  ["EMBEDDINGS_BASE_URL", { EMBEDDINGS_MODEL: "nomic-embed-text" }],
])("half a server is none: %s is asked for", (name, half) => {
  expect(() => parseEnv({ ...RIGHT, ...half })).toThrow(`${name} is not set`);
});

test(".env.example documents every variable the product reads, and no other", () => {
  const documented = namesIn(".env.example", /^# ([A-Z][A-Z_]+)=/gm);
  const read = [
    ...namesIn("server/core/env.ts", /^ {2}([A-Z][A-Z_]+):/gm),
    ...namesIn("gpu-bridge/bridge/settings.ts", /source\.([A-Z][A-Z_]+)/g),
    ...namesIn("gpu-bridge/local/engine/main.ts", /env\.((?:TEACUP|ENGINE)_[A-Z_]+)/g),
    ...["CHROMIUM_PATH", "TEST_DATABASE_URL"],
  ];

  expect(documented.toSorted()).toEqual([...new Set(read)].toSorted());
});
