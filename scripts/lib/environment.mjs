import { localUrl } from "./settings.mjs";

/** What every process of the product is told; the bridge and the engine get only what they need. */
export function environments({
  settings,
  secrets,
  port,
  enginePort,
  tinyWorldPort,
  databaseUrl,
  mode,
  build,
}) {
  const origin = process.env.APP_URL || `http://localhost:${port}`;
  const bridgeToken = process.env.EMBEDDED_BRIDGE_TOKEN || secrets.bridgeToken;
  const common = {
    ...process.env,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const product = {
    ...common,
    NEXT_DIST_DIR: build,
    TEACUP_HOME: settings.home,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: process.env.AUTH_SECRET || secrets.authSecret,
    SETUP_TOKEN: process.env.SETUP_TOKEN || secrets.setupToken,
    EMBEDDED_BRIDGE_TOKEN: bridgeToken,
    APP_URL: origin,
    HOST: settings.host,
    PORT: String(port),
  };
  const local = pick(common, ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "NODE_ENV"]);
  return {
    product,
    setupToken: product.SETUP_TOKEN,
    bridge: {
      ...local,
      TEACUP_URL: localUrl(settings.host, port),
      BRIDGE_TOKEN: bridgeToken,
      BRIDGE_ENDPOINTS: [
        `sketch=http://127.0.0.1:${enginePort}`,
        ...tinyWorldEndpoints(`http://127.0.0.1:${tinyWorldPort}`),
      ].join(","),
    },
    engine: { ...local, HOST: "127.0.0.1", PORT: String(enginePort) },
    tinyWorld: {
      ...local,
      ...pick(common, ["TEACUP_TINY_WORLD", "ENGINE_THREADS"]),
      HOST: "127.0.0.1",
      PORT: String(tinyWorldPort),
    },
  };
}

/** One process, one model: what it draws by, and what it judges by, are told apart by the path. */
const tinyWorldEndpoints = (url) => [
  `tiny-world*2=${url}/plain`,
  `tiny-world-moce*2=${url}/moce`,
  `tiny-world-concept-diffusion*2=${url}/concept-diffusion`,
  `tiny-world-oracle=${url}/oracle`,
];

const pick = (source, names) =>
  Object.fromEntries(names.filter((name) => source[name]).map((name) => [name, source[name]]));
