import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type Relay = Awaited<ReturnType<typeof startRelay>>;

/** The wire to the product, byte for byte, on an address of its own: it can be cut, or go silent while it stands. */
export async function startRelay(target: string) {
  const { hostname, port } = new URL(target);
  const ends = new Set<Socket>();
  let isCut = false;
  let isSilent = false;
  const keep = (socket: Socket) => {
    ends.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => ends.delete(socket));
    if (isSilent) socket.pause();
  };
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) keep(end);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  server.listen(0, hostname);
  await once(server, "listening");
  const drop = () => {
    for (const end of ends) end.destroy();
  };
  return {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      drop();
    },
    goSilent: () => {
      isSilent = true;
      for (const end of ends) end.pause();
    },
    mend: () => {
      isCut = false;
      isSilent = false;
      drop();
    },
    close: async () => {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
