/** A render server, or a model that somebody else hosts, with the address and key of its API. */
export type Hosted = { kind: "replicate" | "openai"; model: string; url: string; key: string };
type Served = { kind: "cog"; url: string } | Hosted;
export type EndpointAddress = { name: string; concurrency: number } & Served;
export type Settings = {
  platformUrl: string;
  token: string;
  endpoints: EndpointAddress[];
  deadlineMs: number;
};

type Source = Record<string, string | undefined>;

const DEFAULT_DEADLINE_SECONDS = 30 * 60;

/** @throws Error naming the wrong variable in one sentence. */
export function readSettings(source: Source): Settings {
  return {
    platformUrl: readUrl("TEACUP_URL", source.TEACUP_URL),
    token: readToken(source.BRIDGE_TOKEN),
    endpoints: readEndpoints(source),
    deadlineMs: 1000 * readSeconds(source.BRIDGE_DEADLINE_SECONDS),
  };
}

function readToken(token: string | undefined): string {
  if (!token) throw new Error("BRIDGE_TOKEN is not set; an admin makes one in Settings, Bridges.");
  return token.trim();
}

/** `name=ADDRESS`, comma separated; `name*2=...` sends two predictions at a time. */
function readEndpoints(source: Source): EndpointAddress[] {
  const parts = (source.BRIDGE_ENDPOINTS ?? "").split(",").map((part) => part.trim());
  const endpoints = parts.filter(Boolean).map((part) => {
    const match = /^([\w.-]+)(?:\*(\d+))?=(.+)$/.exec(part);
    if (!match?.[1] || !match[3]) {
      throw new Error(`BRIDGE_ENDPOINTS has "${part}"; write name=http://host:port instead.`);
    }
    return {
      name: match[1],
      concurrency: Math.max(1, Number(match[2] ?? 1)),
      ...readServed(match[3], source),
    };
  });
  if (endpoints.length === 0) {
    throw new Error("BRIDGE_ENDPOINTS is not set; write name=http://host:port, comma separated.");
  }
  return endpoints;
}

/** `http://host:port`, `replicate:owner/model[:version]` or `openai:model`. */
function readServed(address: string, source: Source): Served {
  const [, kind, model] = /^(replicate|openai):(.+)$/.exec(address) ?? [];
  if (!model) return { kind: "cog", url: readUrl("BRIDGE_ENDPOINTS", address) };
  if (kind === "openai") {
    const url = readUrl("OPENAI_BASE_URL", source.OPENAI_BASE_URL ?? "https://api.openai.com/v1");
    return { kind, model, url, key: readKey("OPENAI_API_KEY", source) };
  }
  if (!/^[\w.-]+\/[\w.-]+(:[0-9a-f]{64})?$/.test(model)) {
    throw new Error(`BRIDGE_ENDPOINTS has "${address}"; write replicate:owner/model:version.`);
  }
  const url = readUrl(
    "REPLICATE_BASE_URL",
    source.REPLICATE_BASE_URL ?? "https://api.replicate.com/v1",
  );
  return { kind: "replicate", model, url, key: readKey("REPLICATE_API_TOKEN", source) };
}

function readKey(name: string, source: Source): string {
  const key = source[name]?.trim();
  if (!key) throw new Error(`${name} is not set; BRIDGE_ENDPOINTS names a model that needs it.`);
  return key;
}

function readUrl(name: string, text: string | undefined): string {
  if (!text || !URL.canParse(text) || !/^https?:/.test(text)) {
    throw new Error(`${name} must be a full address such as http://localhost:3000.`);
  }
  return text.replace(/\/+$/, "");
}

function readSeconds(text: string | undefined): number {
  const seconds = text ? Number(text) : DEFAULT_DEADLINE_SECONDS;
  if (!(seconds > 0)) throw new Error("BRIDGE_DEADLINE_SECONDS must be a number above 0.");
  return seconds;
}
