import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkEndpoint } from "@/gpu-bridge/contract/conformance";
import request from "@/gpu-bridge/contract/golden/request.json";
import { readOffer } from "@/gpu-bridge/contract/offer";
import { HealthCheck, Prediction, Refusal, RenderOutput } from "@/gpu-bridge/contract/schemas";
import { readWorld } from "@/gpu-bridge/local/read-world";
import { makeSimulator, type Simulator } from "@/gpu-bridge/local/render-prompt";
import { serve } from "@/gpu-bridge/local/server";

let simulator: Simulator | null = null;
let server: Server;
let url: string;

beforeAll(async () => {
  simulator = makeSimulator(readWorld());
  server = serve(() => simulator).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const put = (id: string, body: unknown, signal?: AbortSignal) =>
  fetch(`${url}/predictions/${id}`, { method: "PUT", body: JSON.stringify(body), signal });
const predict = async (id: string, input: object) =>
  Prediction.parse(await (await put(id, { input: { ...request.input, ...input } })).json());
const many = Array.from({ length: 64 }, (_, seed) => seed);
const status = async () =>
  HealthCheck.parse(await (await fetch(`${url}/health-check`)).json()).status;

test("the Sketch simulator keeps the contract", async () => {
  const checks = await checkEndpoint(url);

  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

test("the golden request is drawn as PNGs that decode at the asked size", async () => {
  const output = RenderOutput.parse((await predict("golden", { width: 320, height: 200 })).output);

  expect(output.seeds).toEqual(request.input.seeds);
  for (const image of output.images) {
    const png = Buffer.from(image.slice(image.indexOf(",") + 1), "base64");
    const { info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 320, height: 200, channels: 3 });
  }
});

test("its description names all that it can draw, other names included", async () => {
  const offer = readOffer(await (await fetch(`${url}/openapi.json`)).json(), {});

  expect(offer?.methods).toMatchObject([{ name: "sketch" }]);
  const concepts = offer!.vocabulary!.concepts;
  expect(concepts).toEqual(expect.arrayContaining(["iced coke", "tea cup", "teacup"]));
  for (const text of concepts)
    expect(
      await predict("one", { seeds: [1], width: 64, height: 64, concepts: [{ text }] }),
      text,
    ).toMatchObject({ status: "succeeded" });
});

test("a concept that it cannot draw fails for good, and says which", async () => {
  const prediction = await predict("unknown", {
    concepts: [{ text: "iced coke" }, { text: "snow globe" }],
  });

  expect(prediction).toMatchObject({
    status: "failed",
    error: "the sketch simulator cannot draw 'snow globe'",
    permanent: true,
  });
});

test("above its capacity it refuses with 409, and draws again when there is room", async () => {
  const running = ["one", "two"].map((id) => predict(id, { seeds: many }));
  await expect.poll(status).toBe("BUSY");

  const refused = await put("three", request);
  expect(refused.status).toBe(409);
  Refusal.parse(await refused.json());
  for (const { status } of await Promise.all(running)) expect(status).toBe("succeeded");
  expect((await put("three", request)).status).toBe(200);
});

test("a cancelled prediction ends as canceled for everyone who waits for it", async () => {
  const waiting = [predict("stop", { seeds: many }), predict("stop", { seeds: many })];
  await expect
    .poll(async () => (await fetch(`${url}/predictions/stop/cancel`, { method: "POST" })).status)
    .toBe(200);

  for (const { status } of await Promise.all(waiting)) expect(status).toBe("canceled");
});

test("a prediction that nobody waits for any more gives its place back", async () => {
  const controller = new AbortController();
  const left = ["a", "b"].map((id) =>
    put(id, { input: { ...request.input, seeds: many } }, controller.signal),
  );
  await expect.poll(status).toBe("BUSY");
  controller.abort();
  await Promise.allSettled(left);

  await expect.poll(status).toBe("READY");
});

test.each([
  ["no prompt", { input: { ...request.input, prompt: "  " } }],
  ["no seeds", { input: { ...request.input, seeds: [] } }],
  ["a field that the contract does not have", { input: { ...request.input, seed: 3 } }],
  ["a body without input", {}],
])("%s is refused with 422 and a sentence", async (_what, body) => {
  const response = await put("bad", body);

  expect(response.status).toBe(422);
  expect((await response.json()).detail).toMatch(/^The input is wrong: /);
});

test("a body that is not JSON is refused with 422, a huge one with 413", async () => {
  const send = (body: string) => fetch(`${url}/predictions/x`, { method: "PUT", body });

  expect((await send("{")).status).toBe(422);
  expect((await send(" ".repeat(1024 * 1024 + 1))).status).toBe(413);
});

test("until its world is read it says STARTING and answers 503", async () => {
  const ready = simulator;
  simulator = null;
  const answer = await put("early", request);
  const health = await status();
  simulator = ready;

  expect([answer.status, health]).toEqual([503, "STARTING"]);
});
