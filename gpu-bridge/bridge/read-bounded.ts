import type { Dispatcher } from "undici";
import { RenderFailure } from "./failure";

/** The body as text, never more of it in memory than the limit. */
export const readBounded = async (response: Dispatcher.ResponseData, limitBytes: number) =>
  (await readBytes(response, limitBytes)).toString("utf8");

/** The body, never more of it in memory than the limit. */
export async function readBytes(
  { headers, body }: Dispatcher.ResponseData,
  limitBytes: number,
): Promise<Buffer> {
  try {
    if (Number(headers["content-length"] ?? 0) > limitBytes) throw tooLarge(limitBytes);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > limitBytes) throw tooLarge(limitBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    body.destroy();
  }
}

const tooLarge = (limitBytes: number) =>
  new RenderFailure(
    "retryable",
    `The endpoint's answer is larger than ${Math.round(limitBytes / 1024 / 1024)} MB`,
  );
