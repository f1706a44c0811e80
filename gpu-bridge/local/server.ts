import { RenderInput } from "../contract/schemas";
import { openApi } from "./open-api";
import { renderPrompt, SIMULATOR, type Simulator } from "./render-prompt";
import type { Ready } from "./serve/endpoint";
import { serveEndpoints } from "./serve/serve-endpoints";

/** The Sketch simulator over HTTP. Until `simulator` gives one, it is not ready. */
export function serve(simulator: () => Simulator | null) {
  const state = () => {
    const ready = simulator();
    return ready ? readyOf(ready) : "starting";
  };
  const { name } = SIMULATOR;
  return serveEndpoints({ "": { name, input: RenderInput, largestBody: 2 ** 20, state } });
}

function readyOf(simulator: Simulator): Ready {
  const { name, method, version } = SIMULATOR;
  const { lexicon, hash } = simulator.world;
  return {
    model: { name, revision: lexicon.version, weights_hash: hash },
    methods: [{ name: method, version }],
    openApi: openApi(conceptsOf(simulator)),
    run: (input, signal) => renderPrompt(simulator, RenderInput.parse(input), signal),
  };
}

const conceptsOf = ({ world }: Simulator) =>
  world.lexicon.families.flatMap(({ contents, hosts }) =>
    [...contents, ...hosts].flatMap(({ name, also }) => [name, ...also]),
  );
