import { Agent, request } from "node:http";

export type Message = { path: string; headers: Record<string, string>; body: string };

/** Sends them, each once, over so many connections that stay open and for so long; answers how many went, and how many it was a second. */
export async function sendFor(
  ms: number,
  url: string,
  messages: readonly Message[],
  connections: number,
) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let sent = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - startedAt < ms) {
        const message = messages[sent++];
        if (!message) throw new Error(`${messages.length} messages are too few for ${ms} ms`);
        await send(agent, url, message);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { sent, perSecond: sent / seconds };
}

function send(agent: Agent, url: string, { path, headers, body }: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { agent, method: "POST", headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`${answer.statusCode}: ${Buffer.concat(chunks)}`));
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
