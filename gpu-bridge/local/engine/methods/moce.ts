import { type Ask, type Drawn, type Easel, type Method, rowsAStep, type Scorer } from "../asking";
import { beginSearch, dearest, lastStep, type Search, type Thresholds, tell } from "../bisection";
import { checkApart, makeJudge, pickScorer } from "../judging";
import { choice, NUMBER, orNone, parameter, type Values, WHOLE } from "../parameters";
import { Refused } from "../refused";
import { guideTo } from "../sampling";
import { Finish, Trajectory, type Wanted } from "../trajectory";

const PARAMETERS = {
  mode: parameter(choice("per_image", "per_prompt"), {
    title: "Unit of decision",
    default: "per_image",
  }),
  second_stage: parameter(choice("base", "refiner"), {
    title: "Model of the second phase",
    default: "base",
  }),
  scorer: parameter(orNone(choice("clipscore", "imagereward", "blip-itm")), {
    title: "Scorer",
    description: "Empty: the first in the endpoint's file",
    default: null,
  }),
  rounds: parameter(WHOLE, {
    title: "Rounds at most",
    unit: "rounds",
    minimum: 1,
    maximum: 20,
    default: 3,
  }),
  window: parameter(NUMBER, {
    title: "Last step searched",
    unit: "share of the steps",
    minimum: 0,
    maximum: 1,
    default: 0.475,
  }),
  delta: parameter(orNone(NUMBER), {
    title: "Scores count as equal below",
    minimum: 0,
    description: "Empty: the scorer's own",
    default: null,
  }),
  tau: parameter(orNone(NUMBER), {
    title: "Scores are good enough above",
    description: "Empty: the scorer's own, if it has one",
    default: null,
  }),
  known_step: parameter(orNone(WHOLE), {
    title: "Known step",
    unit: "steps",
    minimum: 0,
    description: "Switches there without a search and without a scorer: plain's cost",
    default: null,
  }),
};
type MoceValues = Values<typeof PARAMETERS>;

/**
 * MoCE, mixture of concept experts (LC-Mis paper; methods.md 2.6): the first concept alone for k steps,
 * then the whole prompt. k is searched per image, or once for all seeds by the means of their scores:
 * S_j is concept j's better score, its name's or its description's, D = S_first - S_second;
 * accepted is |D| < delta, or both scores above tau; else the search goes to an earlier step if D > 0 and
 * to a later one if not. Nothing accepted: the picture with the largest worse half.
 *
 * Cost an image: 2 * max(visited k) + sum over visited k of 2 * (N - k); with a known step 2 * N.
 */
export const MOCE: Method<typeof PARAMETERS> = {
  name: "moce",
  version: "1",
  title: "MoCE",
  parameters: PARAMETERS,
  check,
  plan(ask, { known_step, window, rounds }, steps) {
    const rows = rowsAStep(ask);
    const most = known_step === null ? dearest(steps, window, rounds) : steps;
    return { least: rows * steps, most: rows * most };
  },
  async run(easel, ask, values) {
    const first = await guideTo(easel, ask, ask.concepts[0]?.text ?? "");
    const trajectory = new Trajectory(easel, first, ask.seeds);
    const finish = new Finish(easel, await guideTo(easel, ask, ask.prompt));
    const images = [...ask.seeds.keys()];
    if (values.known_step !== null) {
      const step = values.known_step;
      const kept = new Map(images.map((image) => [image, step]));
      await finish.draw(trajectory, kept);
      return drawn(finish, kept, { mode: "known", trace: { step } });
    }
    return search(easel, ask, values, trajectory, finish);
  },
};

function check(ask: Ask, values: MoceValues, scorer: Scorer | null) {
  const { known_step: known, second_stage: second, window } = values;
  // A third one would be left out without a word.
  if (known === null && ask.concepts.length !== 2) {
    throw new Refused(`MoCE needs 2 concepts in drawing order: ${ask.concepts.length} came.`);
  }
  if (ask.concepts.length === 0) {
    throw new Refused("MoCE needs the first concept, which it draws alone: none came.");
  }
  checkApart(ask.concepts);
  if (second === "refiner") {
    throw new Refused("This endpoint has no refiner: set method_params.second_stage to base.");
  }
  if (known !== null) {
    if (known > ask.steps) {
      throw new Refused(`method_params.known_step is ${known}: there are ${ask.steps} steps.`);
    }
    return;
  }
  thresholdsOf(values, pickScorer(scorer, values.scorer));
  if (lastStep(window, ask.steps) < 1) {
    throw new Refused(`A window of ${window} of ${ask.steps} steps has no step: widen it.`);
  }
}

/** They mean something on the scorer's scale alone, so it has its own. */
function thresholdsOf({ delta, tau }: MoceValues, scorer: Scorer): Thresholds {
  const equal = delta ?? scorer.thresholds.delta;
  if (equal === null) {
    throw new Refused(
      `The scorer ${scorer.name} has no threshold of its own: give method_params.delta.`,
    );
  }
  return { delta: equal, tau: tau ?? scorer.thresholds.tau };
}

async function search(
  easel: Easel,
  ask: Ask,
  values: MoceValues,
  trajectory: Trajectory,
  finish: Finish,
): Promise<Drawn> {
  const scorer = pickScorer(easel.scorer, values.scorer);
  const judge = makeJudge(scorer, ask.concepts, easel.signal);
  const limits = thresholdsOf(values, scorer);
  const threshold = limits.tau === null ? {} : { threshold: limits.tau };
  const about = { scorer: scorer.name, ...threshold, delta: limits.delta };
  const isTogether = values.mode === "per_prompt";
  const begun = beginSearch(easel.sampler.timesteps.length, values.window, values.rounds);
  let searches = ask.seeds.map(() => begun);
  for (let open = openOf(searches); open.size > 0; open = openOf(searches)) {
    await finish.draw(trajectory, open);
    const scores = await judge.scores([...open].map(([image, k]) => finish.at(image, k).picture));
    const told = isTogether ? scores.map(() => meanOf(scores)) : scores;
    const byImage = new Map([...open.keys()].map((image, place) => [image, told[place]]));
    searches = searches.map((one, image) => {
      const score = byImage.get(image);
      return score ? tell(one, score.first, score.second, limits) : one;
    });
  }
  const kept = new Map(searches.map(({ kept, k }, image) => [image, kept?.step ?? k]));
  if (isTogether) {
    const trace = { ...visitedOf(searches[0] ?? begun), ...about, ...judge.cut };
    return drawn(finish, kept, { mode: "per_prompt", trace });
  }
  const perImage = searches.map((one) => ({ ...visitedOf(one), ...about }));
  return drawn(finish, kept, { mode: "per_image", perImage, trace: { ...about, ...judge.cut } });
}

const openOf = (searches: readonly Search[]): Wanted =>
  new Map(searches.flatMap(({ kept, k }, image) => (kept ? [] : [[image, k] as const])));

function meanOf(scores: readonly { first: number; second: number }[]) {
  const mean = (name: "first" | "second") =>
    scores.reduce((sum, score) => sum + score[name], 0) / scores.length;
  return { first: mean("first"), second: mean("second") };
}

const visitedOf = ({ visits, kept }: Search) => ({
  visited: visits.map((visit) => (visit === kept ? { ...visit, kept: true } : visit)),
});

function drawn(finish: Finish, kept: Wanted, more: Omit<Drawn, "latents" | "pictures">): Drawn {
  const made = [...kept].map(([image, k]) => finish.at(image, k));
  return {
    latents: made.map(({ latent }) => latent),
    pictures: made.map(({ picture }) => picture),
    ...more,
  };
}
