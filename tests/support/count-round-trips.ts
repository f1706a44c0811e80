import { type AddressInfo, createServer, connect as dial } from "node:net";
import { connect } from "@/db/client";

/**
 * A connection that counts how often its user waits for the database: whatever is sent after an answer has come
 * is one more round trip. What is sent together, or before the answer, is not.
 */
export async function openCounted(databaseUrl: string) {
  let waits = 0;
  let isAnswered = true;
  const { port, hostname } = new URL(databaseUrl);
  const proxy = createServer((client) => {
    const server = dial(Number(port), hostname);
    client.on("data", (sent) => {
      if (isAnswered) waits += 1;
      isAnswered = false;
      server.write(sent);
    });
    server.on("data", (answer) => {
      isAnswered = true;
      client.write(answer);
    });
    client.on("close", () => server.destroy());
    server.on("close", () => client.destroy());
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const through = new URL(databaseUrl);
  through.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { db, close } = connect(through.href, { max: 1 });
  return {
    db,
    async count(work: () => Promise<unknown>): Promise<number> {
      const before = waits;
      await work();
      return waits - before;
    },
    async close(): Promise<void> {
      await close();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
