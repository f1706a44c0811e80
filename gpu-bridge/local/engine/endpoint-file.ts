import { parse } from "smol-toml";
import { z } from "zod";
import type { ModelFolder } from "./model-folder";
import { SAMPLERS } from "./samplers";

const ClipSettings = z.strictObject({
  path: z.literal("dual"),
  dtype: z.literal("float32").default("float32"),
  delta: z.number().min(0).nullable().default(null),
  tau: z.number().nullable().default(null),
  prefix: z.string().default("A photo depicts "),
  weight: z.number().min(0).default(2.5),
});
export type ClipSettings = z.infer<typeof ClipSettings>;

/** An endpoint's file as the Python endpoints read it, of what the engine can do of it. */
const EndpointFile = z.strictObject({
  name: z.string().min(1),
  method: z.enum(["plain", "moce", "concept_diffusion"]),
  base: z.strictObject({
    path: z.literal("generator"),
    dtype: z.literal("float32").default("float32"),
  }),
  defaults: z
    .strictObject({
      steps: z.int().min(1).max(1000).default(30),
      guidance_scale: z.number().min(0).max(100).default(5),
      negative_prompt: z.string().nullable().default(null),
      scheduler: z.enum(SAMPLERS).nullable().default(null),
    })
    .prefault({}),
  method_params: z.record(z.string(), z.unknown()).default({}),
  scorer: z.strictObject({ clipscore: ClipSettings.optional() }).default({}),
});
export type EndpointFile = z.infer<typeof EndpointFile>;

/** @throws Error that says what of the file the engine cannot read. */
export function readEndpointFile(folder: ModelFolder, name: string): EndpointFile {
  const text = folder.textOf(name);
  const parsed = EndpointFile.safeParse(tableIn(text, folder.pathOf(name)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${folder.pathOf(name)} is wrong at ${issue?.path.join(".")}: ${issue?.message}`);
}

function tableIn(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is not TOML: ${reason}`, { cause: error });
  }
}
