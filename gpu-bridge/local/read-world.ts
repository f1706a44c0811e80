import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Backdrops,
  Bias,
  Containers,
  Contents,
  Lexicon,
  Places,
  Tools,
  Trees,
  Words,
} from "./world-schemas";

const FOLDER = join(import.meta.dirname, "data");

export type World = ReturnType<typeof readWorld>;

/** Everything the simulator knows, from its data files. Their hash stands for a model's weights. */
export function readWorld() {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
  const lexicon = Lexicon.parse(read("lexicon.json"));
  const hosts = [
    ...Containers.parse(read("containers.json")),
    ...Places.parse(read("places.json")),
    ...Trees.parse(read("trees.json")),
    ...Tools.parse(read("tools.json")),
  ];
  return {
    lexicon,
    fillers: new Set(Words.parse(read("words.json")).fillers),
    bias: Bias.parse(read("bias.json")),
    contents: byId(Contents.parse(read("contents.json"))),
    hosts: byId(hosts),
    backdrops: Backdrops.parse(read("backgrounds.json")),
    outdoors: Backdrops.parse(read("outdoors.json")),
    hash: hashOfFolder(),
  };
}

const byId = <T extends { id: string }>(list: readonly T[]) =>
  new Map(list.map((entry) => [entry.id, entry]));

function hashOfFolder(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(FOLDER).sort()) {
    hash.update(`${name}\n`).update(readFileSync(join(FOLDER, name)));
  }
  return hash.digest("hex");
}
