import { z } from "zod";
import { CONTRACT_VERSION, HealthCheck } from "./schemas";

const JsonSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof JsonSchema>;

/** A method that an endpoint draws by; without a schema it takes any parameters. */
export type OfferedMethod = {
  name: string;
  version: string;
  title: string;
  parameters: JsonSchema | null;
  /** The parameters' names as the schema lists them: a store of JSON need not keep that. */
  order: string[];
  /** null: it does not say what an image takes. */
  plan: Plan | null;
};

/**
 * Forward rows of the network an image, between two ends, and rows with a gradient: of two concepts, and of the defaults that the
 * description names, so that a comparison can be planned before its first image.
 */
const Plan = z.object({
  steps: z.number().int().min(1),
  guided: z.boolean(),
  least: z.number().min(0),
  most: z.number().min(0),
  backwards: z.number().min(0),
  backwards_most: z.number().min(0),
});
type Plan = z.infer<typeof Plan>;

/** The concepts that an endpoint can draw, where it can name them: a small world's, say. `words`: all that its text encoder knows. */
const Vocabulary = z.object({
  concepts: z.array(z.string().min(1).max(100)).min(1).max(500),
  words: z.array(z.string().min(1).max(40)).max(2000).optional(),
});
type Vocabulary = z.infer<typeof Vocabulary>;

const Note = z.string().min(1).max(500);

/**
 * What an endpoint offers. `settings`: what of the contract's input may be left out, with its defaults there. `vocabulary`: null where
 * it names no concepts, and may draw any. `note`: a sentence for whoever chooses a method.
 */
export type Offer = {
  methods: OfferedMethod[];
  settings: JsonSchema | null;
  vocabulary: Vocabulary | null;
  note: string | null;
};

const Named = z.looseObject({
  name: z.string().min(1),
  version: z.string().min(1),
  title: z.string().min(1).optional(),
  // One that cannot be read costs the estimate, not the method.
  plan: Plan.nullable().catch(null).default(null),
});

const Description = z.looseObject({
  "x-teacup": z.looseObject({
    contract_version: z.literal(CONTRACT_VERSION),
    method: Named.optional(),
    // One that cannot be read flags nothing; the method is offered all the same.
    vocabulary: Vocabulary.nullable().catch(null).default(null),
    note: Note.nullable().catch(null).default(null),
  }),
  components: z
    .looseObject({
      schemas: z.looseObject({
        MethodParams: JsonSchema.optional(),
        Settings: JsonSchema.optional(),
      }),
    })
    .optional(),
});

/** From `GET /openapi.json`, else from what the health check lists. null: it tells nothing of its methods. */
export function readOffer(openApi: unknown, health: unknown): Offer | null {
  const described = Description.safeParse(openApi).data;
  if (described) {
    const { method, vocabulary, note } = described["x-teacup"];
    const { MethodParams = null, Settings = null } = described.components?.schemas ?? {};
    const methods = method ? [offered(method, MethodParams)] : [];
    return { methods, settings: Settings, vocabulary, note };
  }
  const listed = HealthCheck.safeParse(health).data?.endpoint?.methods;
  if (!listed) return null;
  const methods = listed.flatMap((method) => Named.safeParse(method).data ?? []);
  return {
    methods: methods.map((method) => offered(method, null)),
    settings: null,
    vocabulary: null,
    note: null,
  };
}

const offered = (
  { name, version, title, plan }: z.infer<typeof Named>,
  parameters: JsonSchema | null,
): OfferedMethod => ({
  name,
  version,
  title: title ?? name,
  parameters,
  order: Object.keys(Object(parameters?.properties)),
  plan,
});
