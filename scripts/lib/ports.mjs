import { createServer } from "node:net";
import { Expected, say } from "./say.mjs";

// `localhost` may mean either of them: a port counts as free when both are.
const LOOPBACKS = ["127.0.0.1", "::1"];

/**
 * Takes the first free port from `wanted` on and keeps it until `release`, so that two instances
 * started at the same moment do not choose the same one.
 */
export async function holdPort(wanted, host) {
  const hosts = addressesOf(host);
  for (let port = wanted; port < Math.min(wanted + 100, 65_536); port += 1) {
    const release = await tryPort(port, hosts);
    if (!release) continue;
    if (port !== wanted) say(`Port ${wanted} is taken, so Teacup uses ${port}`);
    return { port, release };
  }
  throw new Expected(`No port from ${wanted} on is free: set PORT to another one.`);
}

// An address for all of a family already covers its loopback.
function addressesOf(host) {
  if (host === "0.0.0.0") return [host, "::1"];
  if (host === "::") return [host, "127.0.0.1"];
  return [...new Set([host === "localhost" ? "127.0.0.1" : host, ...LOOPBACKS])];
}

async function tryPort(port, hosts) {
  const servers = [];
  const release = () => Promise.all(servers.map(close));
  for (const host of hosts) {
    const server = await listen(port, host);
    if (server === "taken") {
      await release();
      return null;
    }
    if (server) servers.push(server);
  }
  return release;
}

/** Null where the machine has no such address to listen on (no IPv6, say). */
function listen(port, host) {
  return new Promise((resolve, reject) => {
    // Nobody is served yet: a caller kept open would keep `release` from ever ending.
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => {
      if (error.code === "EADDRINUSE") return resolve("taken");
      if (LOOPBACKS.includes(host) && /EADDRNOTAVAIL|EAFNOSUPPORT/.test(error.code))
        return resolve(null);
      reject(new Expected(listenProblem(error, host, port)));
    });
    server.listen({ port, host, ipv6Only: true, exclusive: true }, () => resolve(server));
  });
}

const listenProblem = ({ code }, host, port) =>
  code === "EACCES"
    ? `PORT is wrong: only an administrator may use port ${port}.`
    : `HOST is wrong: this machine cannot listen on "${host}" (${code}).`;

const close = (server) => new Promise((resolve) => server.close(resolve));
