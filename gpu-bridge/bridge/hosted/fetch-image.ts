import { request } from "undici";
import { RenderFailure } from "../failure";
import { readBytes } from "../read-bounded";

/** The bytes at an address that the host gave. Only the web's own schemes, no redirect is followed. */
export async function fetchImage(
  address: string,
  limitBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  if (!/^https?:\/\//.test(address)) {
    throw new RenderFailure("retryable", "The host gave no address of an image");
  }
  const response = await request(address, { signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new RenderFailure("retryable", "The host's image could not be fetched", { cause });
  });
  if (response.statusCode !== 200) {
    await response.body.dump();
    throw new RenderFailure(
      "retryable",
      `The host's image was answered with ${response.statusCode}`,
    );
  }
  return readBytes(response, limitBytes);
}
