import { type Ask, type Drawn, type Easel, isGuided, type Method } from "../asking";
import { LATENT } from "../model";
import { nounPhrases } from "../noun-phrases";
import {
  choice,
  listOf,
  NUMBER,
  orNone,
  parameter,
  TEXT,
  TRUTH,
  type Values,
  WHOLE,
} from "../parameters";
import { Refused } from "../refused";
import { guided, type Predict, sample, scaled, start } from "../sampling";
import { type Rule, steer } from "../steering";
import { minus, plus } from "../vectors";

const MOST_SUBJECTS = 16;
const COSINE = { unit: "cosine", minimum: 0, maximum: 1 };

const PARAMETERS = {
  subjects: parameter(listOf(TEXT), {
    title: "Subjects",
    description: "Empty: the concepts; without any, the prompt's noun phrases",
    default: [],
  }),
  concept_scale: parameter(NUMBER, {
    title: "Concept guidance, w_c",
    minimum: 0,
    maximum: 100,
    description: "0 is plain guidance",
    default: 7.5,
  }),
  eta_subject: parameter(orNone(NUMBER), {
    title: "A subject is added below",
    ...COSINE,
    description: "Empty: 1 / (subjects + 1)",
    default: null,
  }),
  eta_abstract: parameter(orNone(NUMBER), {
    title: "The abstract term is added below",
    ...COSINE,
    description: "Empty: 1 / (subjects + 1)",
    default: 0.7,
  }),
  upper_bound: parameter(orNone(NUMBER), {
    title: "A subject is subtracted above",
    ...COSINE,
    description: "Empty: never",
    default: 0.8,
  }),
  projection: parameter(choice("sum", "span"), {
    title: "What the abstract term leaves out",
    description: "The subjects' sum, or all that they span",
    default: "sum",
  }),
  mask: parameter(TRUTH, { title: "Only the abstract term's largest entries", default: true }),
  from_step: parameter(WHOLE, { title: "First step", unit: "steps", minimum: 0, default: 0 }),
  until_step: parameter(orNone(WHOLE), {
    title: "Up to step",
    unit: "steps",
    minimum: 1,
    description: "Empty: the end",
    default: null,
  }),
  chunk: parameter(orNone(WHOLE), {
    title: "Latents in the network at once",
    minimum: 1,
    description: "Less memory, more time. Empty: what the endpoint's file says",
    default: null,
  }),
};
type Settings = Values<typeof PARAMETERS>;

/**
 * ConceptDiffusion (arXiv 2312.15964; methods.md 3): subjects that the prompt's direction has lost are
 * pulled back in at every step. With P = v(prompt) - v(null), s_i = v(subject_i) - v(null), S their sum:
 *
 *     a   = P - <P, S> / |S|^2 * S        d_i = s_i - <s_i, P> / |P|^2 * P
 *     c_i = |cos(P, s_i)|                 c_a = |cos(P, a)|
 *     g   = sum_i [c_i < eta] d_i - sum_i [c_i > upper] d_i + [c_a < theta] mask(a)
 *     v   = v(null) + w_g * P + w_c * g
 *
 * mask(a) keeps, per channel, the entries at or above the c_a-quantile of |a|. `span` takes P off all that
 * the s_i span. Cost: n + 2 evals a step at which it acts, 2 at any other; off is w_c = 0.
 */
export const CONCEPT_DIFFUSION: Method<typeof PARAMETERS> = {
  name: "concept_diffusion",
  version: "1",
  title: "ConceptDiffusion",
  parameters: PARAMETERS,
  check,
  plan(ask, values, steps) {
    const active = Array.from({ length: steps }, (_, i) => i).filter((i) => actsAt(values, i));
    const evals = 2 * steps + subjectsOf(ask, values).subjects.length * active.length;
    return { least: evals, most: evals };
  },
  run,
};

function actsAt({ concept_scale, from_step, until_step }: Settings, i: number): boolean {
  return concept_scale > 0 && from_step <= i && i < (until_step ?? i + 1);
}

/** In a fixed order, so that the order in which they were named changes no rounding; and whose they are. */
function subjectsOf(
  { prompt, concepts }: Pick<Ask, "prompt" | "concepts">,
  { subjects }: Settings,
) {
  if (subjects.length > 0) return { subjects: byCodePoint(subjects), from: "named" };
  const texts = concepts.map(({ text }) => text);
  if (texts.length > 0) return { subjects: byCodePoint(texts), from: "concepts" };
  return { subjects: byCodePoint(nounPhrases(prompt)), from: "noun phrases" };
}

/** Python's order of texts, in which UTF-8's bytes stand too. */
const byCodePoint = (texts: readonly string[]) =>
  texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

function check(ask: Ask, values: Settings) {
  const { subjects } = subjectsOf(ask, values);
  if (values.until_step !== null && values.until_step <= values.from_step) {
    throw new Refused("method_params: until_step must be behind from_step.");
  }
  if (!isGuided(ask)) {
    throw new Refused(
      `ConceptDiffusion steers against the null prompt, and a guidance_scale of ${ask.guidance} has none: give more than 1.`,
    );
  }
  if (subjects.length < 1 || subjects.length > MOST_SUBJECTS) {
    throw new Refused(
      `ConceptDiffusion needs 1 to ${MOST_SUBJECTS} subjects, and there are ${subjects.length}: name them in method_params.subjects or as concepts.`,
    );
  }
  const names = subjects.map((subject) => subject.trim().toLowerCase());
  if (names.includes("")) {
    throw new Refused("method_params.subjects has a subject without a text.");
  }
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    throw new Refused(`The subject '${twice}' is named twice: it would count double.`);
  }
  if (values.from_step >= ask.steps) {
    throw new Refused(
      `method_params.from_step is ${values.from_step}: there are ${ask.steps} steps.`,
    );
  }
}

async function run(easel: Easel, ask: Ask, values: Settings): Promise<Drawn> {
  const { subjects, from } = subjectsOf(ask, values);
  const auto = 1 / (subjects.length + 1);
  const rule: Rule = {
    etaSubject: values.eta_subject ?? auto,
    etaAbstract: values.eta_abstract ?? auto,
    upperBound: values.upper_bound,
    projection: values.projection,
    mask: values.mask,
  };
  const steering = await makeSteering(easel, ask, values, subjects, rule);
  const begun = start(easel.sampler, ask.seeds);
  const latents = await sample(easel.sampler, steering.predict, begun);
  const { etaSubject: subject, etaAbstract: abstract, upperBound: upper } = rule;
  const thresholds = { subject, abstract, upper };
  const perImage = steering.told();
  return {
    latents,
    ...(perImage && { perImage }),
    trace: { subjects, subjects_from: from, thresholds },
  };
}

/** What steered one image at one step. */
type Acted = { cosines: number[]; abstract: number };

/** Predicts for the whole batch, and remembers the cosines of every step at which it acted. */
async function makeSteering(
  { model, sampler }: Easel,
  ask: Ask,
  values: Settings,
  subjects: readonly string[],
  rule: Rule,
) {
  const texts: Float32Array[] = [];
  for (const text of [ask.negative ?? "", ask.prompt, ...subjects])
    texts.push(await model.encode(text));
  const acted: Acted[][] = []; // by step, by image
  const predict: Predict = async (x, i) => {
    const acts = actsAt(values, i);
    const told = acts ? texts : texts.slice(0, 2);
    const rows = scaled(sampler, x, i);
    const made = await model.predict(
      told.flatMap(() => rows),
      sampler.timesteps[i] ?? 0,
      told.flatMap((text) => x.map(() => text)),
      values.chunk ?? undefined,
    );
    const byText = told.map((_, text) => made.slice(text * x.length, (text + 1) * x.length));
    const [u = [], c = [], ...own] = byText;
    const plain = guided(u, c, ask.guidance);
    if (!acts) return plain;
    const steered = u.map((base, image) => {
      const along = (rows: readonly Float32Array[]) => minus(rows[image] ?? base, base);
      return steer(along(c), own.map(along), rule, LATENT[0]);
    });
    acted.push(steered);
    return plain.map((v, image) => plus(v, steered[image]?.g ?? v, values.concept_scale));
  };
  return { predict, told: () => toldOf(acted, ask.seeds, subjects) };
}

/** Per image, the cosines of each subject and of the abstract term, step by step. */
function toldOf(acted: readonly Acted[][], seeds: Ask["seeds"], subjects: readonly string[]) {
  if (acted.length === 0) return null;
  return seeds.map((_, image) => {
    const steps = acted.map((step) => step[image]);
    const of = (at: number) => steps.map((step) => rounded(step?.cosines[at] ?? 0));
    const cosines = Object.fromEntries(subjects.map((subject, at) => [subject, of(at)]));
    return { cosines, abstract: steps.map((step) => rounded(step?.abstract ?? 0)) };
  });
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
