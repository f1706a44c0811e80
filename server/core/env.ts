import { resolve } from "node:path";
import { z } from "zod";
import {
  DEFAULT_GENERATORS,
  type DefaultGenerators,
} from "@/server/generation/domain/default-generators";

const blankIsUnset = (value: unknown) => (value === "" ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blankIsUnset, schema.optional());

// Without the protocol, "localhost:3000" would count as an address too.
const webAddress = (error: string) =>
  z.url({ protocol: /^https?$/, error }).transform((address) => address.replace(/\/+$/, ""));

/** Every variable the product reads; `.env.example` documents each. */
const Variables = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgres:// or postgresql://"),
  TEACUP_HOME: z
    .preprocess(blankIsUnset, z.string().default(".teacup"))
    .transform((path) => resolve(path)),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  APP_URL: webAddress("must be a full address such as https://teacup.example.org"),
  PORT: z.preprocess(blankIsUnset, z.coerce.number().int().min(1).max(65535).default(3000)),
  HOST: z.preprocess(blankIsUnset, z.string().default("127.0.0.1")),
  TRUSTED_PROXY: z.preprocess(blankIsUnset, z.enum(["0", "1"]).default("0")),
  SETUP_TOKEN: optional(z.string().min(20)),
  EMBEDDED_BRIDGE_TOKEN: optional(z.string().min(20)),
  DEFAULT_GENERATOR: z.preprocess(
    blankIsUnset,
    z.enum(DEFAULT_GENERATORS, `must be ${DEFAULT_GENERATORS.join(" or ")}`).default("tiny-world"),
  ),
  LLM_BASE_URL: optional(webAddress("must be a full address such as http://localhost:11434/v1")),
  LLM_API_KEY: optional(z.string()),
  LLM_MODEL: optional(z.string()),
  EMBEDDINGS_BASE_URL: optional(
    webAddress("must be a full address such as http://localhost:11434/v1"),
  ),
  EMBEDDINGS_API_KEY: optional(z.string()),
  EMBEDDINGS_MODEL: optional(z.string()),
});
// Half of an LLM would silently be none, and half of an embeddings endpoint too.
const Env = Variables.refine((env) => !env.LLM_BASE_URL || env.LLM_MODEL, {
  path: ["LLM_MODEL"],
})
  .refine((env) => !env.LLM_MODEL || env.LLM_BASE_URL, { path: ["LLM_BASE_URL"] })
  .refine((env) => !env.EMBEDDINGS_BASE_URL || env.EMBEDDINGS_MODEL, { path: ["EMBEDDINGS_MODEL"] })
  .refine((env) => !env.EMBEDDINGS_MODEL || env.EMBEDDINGS_BASE_URL, {
    path: ["EMBEDDINGS_BASE_URL"],
  });
export type Env = z.infer<typeof Env>;

/** @throws Error naming the first wrong variable in one sentence. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = Env.safeParse(source);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0] ?? "the environment");
  const isMissing = source[name] === undefined || source[name] === "";
  throw new Error(
    isMissing
      ? `${name} is not set; .env.example says what it is for.`
      : `${name} is wrong: ${issue?.message}.`,
  );
}

let parsed: Env | undefined;

export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** What a new project is given. Read alone: a program without the other variables makes projects too. */
export const defaultGenerators = (): DefaultGenerators =>
  Variables.shape.DEFAULT_GENERATOR.parse(process.env.DEFAULT_GENERATOR);
