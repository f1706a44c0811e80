import { RenderInput } from "../../contract/schemas";
import { ScoreInput } from "../../contract/score-schemas";
import type { Endpoint } from "../serve/endpoint";
import { serveEndpoints } from "../serve/serve-endpoints";
import { TITLE, type TinyWorld } from "./tiny-world";

// 64 pictures of others, as data URLs.
const LARGEST_SCORED = 100 * 2 ** 20;

/** The Tiny World's endpoints over HTTP, each under its own base, from before it is set up. */
export function serveTinyWorld(state: () => TinyWorld | "starting" | Error) {
  const at = (base: keyof TinyWorld, input: Endpoint["input"], largestBody: number): Endpoint => ({
    name: `${TITLE} at ${base}`,
    input,
    largestBody,
    state: () => {
      const now = state();
      return now === "starting" || now instanceof Error ? now : now[base];
    },
  });
  return serveEndpoints({
    "/plain": at("/plain", RenderInput, 2 ** 20),
    "/moce": at("/moce", RenderInput, 2 ** 20),
    "/concept-diffusion": at("/concept-diffusion", RenderInput, 2 ** 20),
    "/oracle": at("/oracle", ScoreInput, LARGEST_SCORED),
  });
}
