import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

const About = z.looseObject({
  families: z.array(z.string()).min(1),
  seed: z.int(),
  files: z.record(z.string(), z.string()),
});
export type About = z.infer<typeof About>;

/** A folder as `teacup-testbed export` wrote it. */
export type ModelFolder = {
  about: About;
  pathOf: (name: string) => string;
  textOf: (name: string) => string;
  jsonOf: <T>(name: string, schema: z.ZodType<T>) => T;
};

/** What the engine opens; the captioner is for Python alone. */
const isUsed = (name: string) => !name.startsWith("captioner/");

/** @throws Error that names the file which is missing, damaged, or not the one that was exported. */
export async function openModelFolder(path: string): Promise<ModelFolder> {
  const about = readJson(join(path, "about.json"), About);
  for (const [name, hash] of Object.entries(about.files)) {
    if (isUsed(name)) await checkFile(join(path, name), hash);
  }
  /** Nothing is opened whose hash was not compared. */
  const pathOf = (name: string) => {
    const file = join(path, name);
    if (Object.hasOwn(about.files, name) && isUsed(name)) return file;
    throw new Error(`${file} is not among the files that about.json tells of: ${RESTORE}`);
  };
  return {
    about,
    pathOf,
    textOf: (name) => readText(pathOf(name)),
    jsonOf: (name, schema) => readJson(pathOf(name), schema),
  };
}

const RESTORE = "restore it from the repository, or export the folder again.";

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${path} cannot be read: ${RESTORE}`, { cause: error });
  }
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(path, readText(path)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${path} is wrong at ${issue?.path.join(".")}: ${issue?.message}`);
}

async function checkFile(path: string, told: string) {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${RESTORE}`, { cause: error });
  }
  if (hash.digest("hex") !== told) {
    throw new Error(`${path} is damaged or another file: its hash is not about.json's; ${RESTORE}`);
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${RESTORE}`, { cause: error });
  }
}

/** One hash of several, whatever their order; the hash of a model that is made of these files. */
export function hashOfFiles(files: Readonly<Record<string, string>>): string {
  const lines = Object.entries(files).map(([name, hash]) => `${name} ${hash}`);
  return createHash("sha256").update(lines.toSorted().join("\n")).digest("hex");
}

/** The files below a folder, by their names within it. */
export function filesBelow({ files }: About, folder: string): Record<string, string> {
  const below = Object.entries(files).filter(([name]) => name.startsWith(`${folder}/`));
  return Object.fromEntries(below.map(([name, hash]) => [name.slice(folder.length + 1), hash]));
}
