import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Asked, goodAnswer, pairsAnswer } from "./good-answers";

export type Say = {
  text: string;
  finishReason?: string;
  refusal?: string;
  /** null: the server counts nothing. */
  usage?: null;
  toolCalls?: object[];
};
/** One step of a script: how the server treats one request. */
export type Step =
  | ((asked: Asked) => Say)
  | { status: number; headers?: Record<string, string>; body?: string }
  | "hang"
  | "hang up";

const answer = (asked: Asked) => JSON.stringify(goodAnswer(asked));

export const say = {
  good: (asked: Asked): Say => ({ text: answer(asked) }),
  pairs:
    (prefix: string) =>
    (asked: Asked): Say => ({
      text: JSON.stringify(pairsAnswer(asked, prefix)),
    }),
  json: (value: unknown) => (): Say => ({ text: JSON.stringify(value) }),
  fenced: (asked: Asked): Say => ({
    text: `Here you are:\n\`\`\`json\n${answer(asked)}\n\`\`\`\nEnjoy!`,
  }),
  truncated: (asked: Asked): Say => ({ text: answer(asked).slice(0, 60), finishReason: "length" }),
  wrongCount: (asked: Asked): Say => ({ text: JSON.stringify(pairsAnswer(asked, "thing", 2)) }),
  refusal: (): Say => ({ text: "I'm sorry, but I can't help with that." }),
  declined: (): Say => ({ text: "", refusal: "This is against my rules." }),
  notJson: (): Say => ({ text: "Sure! Think of tea, cups and glasses." }),
  wrongShape: (): Say => ({ text: '{"pairs": [{"a": 1}]}' }),
} as const;

export const busy = (retryAfter: string): Step => ({
  status: 429,
  headers: { "retry-after": retryAfter },
});
export const broken: Step = { status: 500 };

export type FakeLlm = {
  baseUrl: string;
  /** Every request so far, oldest first. */
  asked: (Asked & { authorization: string | undefined })[];
  /** What to do with the next requests; the last step stays. */
  script: (...steps: Step[]) => void;
  /** Looks at each request before it is answered. */
  onAsked: (() => Promise<void>) | null;
  close: () => Promise<void>;
};

/** A small real HTTP server that speaks chat-completions by a script. */
export async function startFakeLlm(): Promise<FakeLlm> {
  let steps: Step[] = [say.good];
  const asked: FakeLlm["asked"] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as Asked;
    asked.push({ ...body, authorization: request.headers.authorization });
    await llm.onAsked?.();
    const step = steps.length > 1 ? steps.shift()! : steps[0]!;
    follow(step, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const llm: FakeLlm = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    onAsked: null,
    script: (...next) => {
      steps = next;
      asked.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return llm;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const USAGE = { prompt_tokens: 120, completion_tokens: 80, total_tokens: 200 };

function follow(step: Step, asked: Asked, response: ServerResponse): void {
  if (step === "hang") return;
  if (step === "hang up") {
    response.socket?.destroy();
    return;
  }
  if (typeof step !== "function") {
    response.writeHead(step.status, { "content-type": "application/json", ...step.headers });
    response.end(step.body ?? JSON.stringify({ error: { message: "scripted" } }));
    return;
  }
  const { text, finishReason = "stop", refusal = null, usage = USAGE, toolCalls } = step(asked);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 0,
      model: asked.model,
      choices: [
        {
          index: 0,
          finish_reason: finishReason,
          message: {
            role: "assistant",
            content: text,
            refusal,
            ...(toolCalls ? { tool_calls: toolCalls } : {}),
          },
        },
      ],
      ...(usage ? { usage } : {}),
    }),
  );
}
