import { createServer } from "node:net";

/** A port nobody listens on: the wanted one if it is free. */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) =>
      wanted && error.code === "EADDRINUSE" ? resolve(freePort()) : reject(error),
    );
    server.listen({ host: "127.0.0.1", port: wanted }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** As many different ports that nobody listens on. */
export async function freePorts(count) {
  const found = new Set();
  while (found.size < count) found.add(await freePort());
  return [...found];
}
