import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import type { Db } from "@/db/client";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { GeneratorParameters } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import { editMethodInput } from "@/server/mining/edit-method-input";
import { newestPrompts } from "@/server/mining/inquiry-input/newest-prompts";
import type { MemberContext } from "@/server/trpc/context";
import { startFakeTagEndpoint } from "./fake-tag-endpoint";
import { makeBridgeRow } from "./make/bridge";
import { makeProjectWithPairs } from "./make/project-with-pairs";
import { readRealigned } from "./read-realigned";

const SOON = { timeout: 25_000, interval: 50 };
export const COKE = { phrase: "iced coke", score: 2 };

export type RealignProject = Awaited<ReturnType<typeof makeRealignProject>>;

/** One pair with its prompts, a generator that draws it twice, and a fake endpoint that looks between. */
export async function makeRealignProject(db: Db, platformUrl: string) {
  const made = await makeProjectWithPairs(db, 1);
  const [tagger, drawer] = [`tag-${randomUUID()}`, `realign-${randomUUID()}`];
  const tagging = await startFakeTagEndpoint();
  const running: { stop: () => Promise<void> }[] = [];
  await serveTagger(db, tagger);
  const revise = (more: Partial<GeneratorParameters>) => reviseTo(db, made.ctx, drawer, more);
  const { id: revisionId } = await revise({ tagged_by: tagger });
  const rows = readRealigned(db, made.projectId, revisionId);
  return {
    ...made,
    ...rows,
    tagger,
    drawer,
    tagging,
    revisionId,
    revise,
    start: () => startRun(made.ctx, { generatorRevisionId: revisionId }),
    writePhrases: (a: { phrase: string; score: number }, score = 2) =>
      writePhrases(made.ctx, made.pairIds[0]!, a, score),
    /** A bridge in this process, beside the fake endpoint. */
    bridge: async () => {
      const { token } = await makeBridgeRow(db);
      const endpoints = [{ kind: "cog" as const, name: tagger, concurrency: 1, url: tagging.url }];
      running.push(startBridge({ platformUrl, token, endpoints, deadlineMs: 20_000 }));
    },
    untilTagged: () =>
      vi.waitFor(async () => {
        await rows.hurry();
        const states = (await rows.tasks()).map(({ state }) => state);
        expect(states).toEqual(Array(5).fill("done"));
      }, SOON),
    close: async () => {
      for (const bridge of running) await bridge.stop();
      await tagging.close();
    },
  };
}

/** As a bridge says it of an endpoint whose description names a detector and a segmenter. */
export async function serveTagger(db: Db, name: string): Promise<void> {
  const said = { name, contractVersion: 1, health: "ready" as const, concurrency: 1 };
  const tagger = { detector: "grounding-dino", segmenter: "sam" };
  const endpoints = [{ ...said, description: { tagger } }];
  await bridgeHello(await makeBridgeRow(db), { endpoints });
}

async function reviseTo(
  db: Db,
  ctx: MemberContext,
  endpointName: string,
  more: Partial<GeneratorParameters>,
) {
  const [plain] = await listGenerators(db, ctx.member.projectId);
  const { generatorId, parameters } = plain!;
  const method_params = { objects: [], strength: 1 };
  return makeRevision(ctx, {
    generatorId,
    method: "realign_diff",
    endpointName,
    parameters: { ...GeneratorParameters.parse(parameters), method_params, ...more },
    otherWeights: false,
  });
}

async function writePhrases(
  ctx: MemberContext,
  pairId: string,
  a: { phrase: string; score: number },
  score: number,
) {
  const b = { phrase: "tea cup", score };
  const prompts = (await newestPrompts(ctx.db, pairId)).map((prompt) => ({ prompt, a, b }));
  await editMethodInput(ctx, { pairId, kind: "phrases", prompts });
}
