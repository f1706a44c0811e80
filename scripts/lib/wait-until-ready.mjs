import { setTimeout as wait } from "node:timers/promises";
import { Expected } from "./say.mjs";

const ASK_EVERY_MS = 100;

/** Resolves when every address answers 200; otherwise says which one did not, and what it said last. */
export async function waitUntilReady(addresses, { seconds, signal }) {
  const deadline = Date.now() + seconds * 1000;
  await Promise.all(addresses.map((address) => answers(address, deadline, signal)));
}

async function answers(address, deadline, signal) {
  let last = "nothing";
  while (Date.now() < deadline && !signal.aborted) {
    last = await ask(address);
    if (last === 200) return;
    await wait(ASK_EVERY_MS);
  }
  throw new Expected(`${address} did not get ready; it answered ${last}.`);
}

async function ask(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return error.cause?.code ?? error.name;
  }
}
