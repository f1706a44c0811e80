import { expect, test } from "vitest";
import { readSettings } from "@/gpu-bridge/bridge/settings";

test("a wrong setting is named in a sentence", () => {
  const good = {
    TEACUP_URL: "http://localhost:3000",
    BRIDGE_TOKEN: "t",
    BRIDGE_ENDPOINTS: "a*2=http://gpu:5000/, b=http://gpu:5001",
  };

  expect(readSettings(good).endpoints).toEqual([
    { kind: "cog", name: "a", url: "http://gpu:5000", concurrency: 2 },
    { kind: "cog", name: "b", url: "http://gpu:5001", concurrency: 1 },
  ]);
  const hosted = { ...good, BRIDGE_ENDPOINTS: "x*4=openai:gpt-image-1", OPENAI_API_KEY: "k" };
  expect(readSettings(hosted).endpoints).toEqual([
    {
      kind: "openai",
      name: "x",
      model: "gpt-image-1",
      url: "https://api.openai.com/v1",
      key: "k",
      concurrency: 4,
    },
  ]);
  expect(() => readSettings({ ...hosted, OPENAI_API_KEY: " " })).toThrow(
    "OPENAI_API_KEY is not set",
  );
  expect(() => readSettings({ ...good, BRIDGE_ENDPOINTS: "x=replicate:sdxl" })).toThrow(
    "write replicate:owner/model:version",
  );
  expect(() => readSettings({ ...good, BRIDGE_TOKEN: "" })).toThrow("BRIDGE_TOKEN is not set");
  expect(() => readSettings({ ...good, TEACUP_URL: "localhost" })).toThrow("TEACUP_URL must be");
  expect(() => readSettings({ ...good, BRIDGE_ENDPOINTS: "sketch" })).toThrow(
    "BRIDGE_ENDPOINTS has",
  );
});
