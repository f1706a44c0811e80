/** The same request with its body read in full, or a 413 before the excess is held in memory. */
export async function withBodyLimit(
  request: Request,
  maxBytes: number,
): Promise<Request | Response> {
  if (!request.body) return request;
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: Buffer.concat(chunks),
    signal: request.signal,
  });
}

const tooLarge = (maxBytes: number) =>
  Response.json(
    { error: { message: `A request may have at most ${maxBytes / 1024 / 1024} MB` } },
    { status: 413, headers: { "cache-control": "no-store" } },
  );
