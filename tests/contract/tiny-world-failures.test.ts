import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { RenderInput } from "@/gpu-bridge/contract/schemas";
import { draw } from "@/gpu-bridge/local/engine/draw";
import { readEndpointFile } from "@/gpu-bridge/local/engine/endpoint-file";
import { PLAIN } from "@/gpu-bridge/local/engine/methods/plain";
import { openModelFolder } from "@/gpu-bridge/local/engine/model-folder";
import { openNetworks } from "@/gpu-bridge/local/engine/networks";
import { SchedulerConfig } from "@/gpu-bridge/local/engine/schedule";
import { openTinyWorld } from "@/gpu-bridge/local/engine/tiny-world";
import { Marks, makeTokenizer, WordTokenizer } from "@/gpu-bridge/local/engine/tokenizer";
import { put, startTinyWorld, TINY_WORLD } from "../support/tiny-world";

const UNET = "generator/unet/diffusion_pytorch_model.safetensors";
const GRAPH = "generator/unet/model.onnx";
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The committed folder with one thing wrong. */
function damaged(change: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "tiny-world-"));
  folders.push(folder);
  cpSync(TINY_WORLD, folder, { recursive: true, dereference: true });
  change(folder);
  return folder;
}

test.each<[what: string, file: string, change: (path: string) => void]>([
  ["a byte of the weights is another", UNET, (path) => flipByte(path)],
  ["the weights end early", UNET, (path) => truncateSync(path, 1_000_000)],
  ["the weights are gone", UNET, (path) => rmSync(path)],
  ["a graph is empty", GRAPH, (path) => truncateSync(path, 0)],
  ["a graph is another network's", GRAPH, (path) => cpSync(decoderBeside(path), path)],
  [
    "a list of words is not JSON",
    "generator/tokenizer/tokenizer.json",
    (path) => truncateSync(path, 99),
  ],
  ["an endpoint's file was changed", "moce.toml", (path) => writeFileSync(path, "method = 3")],
  ["the list of files is not JSON", "about.json", (path) => truncateSync(path, 99)],
])("where %s, the folder is not opened, and the file is named", async (_what, file, change) => {
  const folder = damaged((copy) => change(join(copy, file)));

  await expect(openModelFolder(folder)).rejects.toThrow(join(folder, file));
});

test.each(["moce.toml", GRAPH, "generator/scheduler/scheduler_config.json"])(
  "where the list of files leaves out %s, whose hash nobody could compare, it is not opened",
  async (file) => {
    const folder = damaged((copy) => {
      const list = join(copy, "about.json");
      const { files, ...about } = JSON.parse(readFileSync(list, "utf8"));
      delete files[file];
      writeFileSync(list, JSON.stringify({ ...about, files }));
    });

    await expect(openTinyWorld(folder, 1)).rejects.toThrow(
      `${join(folder, file)} is not among the files that about.json tells of`,
    );
  },
);

test("with damaged weights every endpoint stays up, says why, and draws nothing", async () => {
  const folder = damaged((copy) => flipByte(join(copy, UNET)));
  const world = await startTinyWorld(folder);
  const health = await (await fetch(`${world.url}/plain/health-check`)).json();
  const answer = await put(`${world.url}/moce`, "anyway", {});
  world.close();

  expect(health).toMatchObject({ status: "SETUP_FAILED", setup: { status: "failed" } });
  expect(health.setup.logs).toContain(UNET);
  expect(answer.status).toBe(503);
  expect((await answer.json()).detail).toContain(UNET);
});

test("a prediction that is cancelled in the middle of a step takes no further one", async () => {
  const folder = await openModelFolder(TINY_WORLD);
  const networks = await openNetworks(folder, 1);
  const stop = new AbortController();
  let asked = 0;
  const unet: typeof networks.unet = (feeds, signal) => {
    asked++;
    const running = networks.unet(feeds, signal);
    if (asked === 3) setImmediate(() => stop.abort());
    return running;
  };
  const drawer = {
    file: readEndpointFile(folder, "plain.toml"),
    method: PLAIN,
    generator: { networks: { ...networks, unet }, tokenize: tokenizerOf(folder), kept: new Map() },
    scheduler: folder.jsonOf("generator/scheduler/scheduler_config.json", SchedulerConfig),
    scorer: null,
    about: { name: "Tiny World", revision: "1", weights_hash: "0", files: {} },
  };
  const input = RenderInput.parse({ prompt: "a tea cup", seeds: [1, 2], width: 64, height: 64 });

  await expect(draw(drawer, input, stop.signal)).rejects.toThrow(/abort/i);
  // The third was on its way, the fourth was refused at the network's door.
  expect(asked).toBeLessThanOrEqual(4);
});

const tokenizerOf = (folder: Awaited<ReturnType<typeof openModelFolder>>) =>
  makeTokenizer(
    folder.jsonOf("generator/tokenizer/tokenizer.json", WordTokenizer),
    folder.jsonOf("generator/tokenizer/tokenizer_config.json", Marks),
  );

function flipByte(path: string) {
  const bytes = readFileSync(path);
  bytes.writeUInt8((bytes.at(-100) ?? 0) ^ 1, bytes.length - 100);
  writeFileSync(path, bytes);
}

const decoderBeside = (path: string) => join(path, "../../vae/decoder.onnx");
