import type { LoopStep, PairStage, WaitKind, WorkState } from "@/db/enums";

/** What a pattern in auto-mode stands at; counts are of accepted pairs unless said otherwise. */
export type PatternStanding = {
  proposed: number;
  stages: Readonly<Record<Exclude<PairStage, "rated">, number>>;
  /** At stage prompts: nobody has asked for theirs yet. */
  unasked: number;
  /** At stage prompts: a person gave up on theirs, so only a person asks again. */
  givenUp: number;
  /** At stage prompts: five are written. */
  prompted: number;
  /** At stage grid: a person cancelled their run, so only a person has them drawn again. */
  stopped: number;
  openBatch: WorkState | null;
  saturation: { isDry: boolean; isConfirmed: boolean; reason: string | null } | null;
  asks: ReadonlySet<LoopStep>;
  /** New patterns may be asked for already: what is dry waits for nobody. */
  isPhase3Open: boolean;
};

export type StepAction = LoopStep | "retest";
export type Plan = { actions: StepAction[]; waits: { kind: WaitKind; reason: string }[] };

/** What the loop does next for one pattern, and what it waits for a person to do. */
export function planSteps(standing: PatternStanding): Plan {
  const plan: Plan = { actions: [], waits: [] };
  const { stages, asks } = standing;
  const step = (name: StepAction, gate: LoopStep, due: boolean, reason: string) => {
    if (!due) return;
    if (asks.has(gate)) plan.waits.push({ kind: gate, reason });
    else plan.actions.push(name);
  };
  const wait = (kind: WaitKind, count: number, reason: string) => {
    if (count > 0) plan.waits.push({ kind, reason });
  };
  wait("review", standing.proposed, `${pairs(standing.proposed)} proposed: accept or reject`);
  planPrompts(standing, plan);
  step(
    "precheck",
    "precheck",
    standing.prompted > 0,
    `${pairs(standing.prompted)} with prompts: draw four images each for a first look?`,
  );
  wait(
    "quick_look",
    stages.quick_look,
    `${pairs(stages.quick_look)} drawn once: plainly fine, or worth a grid?`,
  );
  planGrids(standing, plan);
  wait("rating", stages.rating, `${pairs(stages.rating)} being drawn or rated`);
  if (isQuiet(standing)) planNextBatch(standing, plan, step);
  return plan;
}

function planPrompts({ unasked, givenUp, asks }: PatternStanding, plan: Plan): void {
  const isAsked = asks.has("prompts");
  if (unasked > 0 && !isAsked) plan.actions.push("prompts");
  const waiting = isAsked ? unasked + givenUp : givenUp;
  if (waiting === 0) return;
  const their = waiting === 1 ? "its" : "their";
  const how = isAsked ? `accepted: have ${their} prompts` : "with prompts given up: have them";
  plan.waits.push({ kind: "prompts", reason: `${pairs(waiting)} ${how} written?` });
}

function planGrids({ stages, stopped, asks }: PatternStanding, plan: Plan): void {
  const isAsked = asks.has("grid");
  if (stages.grid > stopped && !isAsked) plan.actions.push("grid");
  const waiting = isAsked ? stages.grid : stopped;
  if (waiting === 0) return;
  const which = isAsked ? "worth a grid" : "whose run was cancelled";
  plan.waits.push({ kind: "grid", reason: `${pairs(waiting)} ${which}: draw 20 images of each?` });
}

/** A batch is finished when each of its pairs is rated, rejected or set aside: its Levels feed the next one. */
export function isQuiet({ proposed, stages, openBatch }: PatternStanding): boolean {
  const underWay = Object.values(stages).reduce((sum, count) => sum + count, 0);
  return openBatch === null && proposed === 0 && underWay === 0;
}

function planNextBatch(
  { saturation, isPhase3Open }: PatternStanding,
  plan: Plan,
  step: (name: StepAction, gate: LoopStep, due: boolean, reason: string) => void,
): void {
  if (saturation?.isConfirmed) {
    if (isPhase3Open) return;
    const reason = saturation.reason ?? "New proposals mostly repeat what is there";
    plan.waits.push({ kind: "saturation", reason });
    return;
  }
  if (saturation?.isDry)
    step("retest", "propose", true, "It seems dry: ask once more in another way?");
  else step("propose", "propose", true, "Every pair has its Level: ask for the next batch?");
}

const pairs = (count: number) => `${count} ${count === 1 ? "pair" : "pairs"}`;
