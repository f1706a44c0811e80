export type EndpointAddress = { name: string; url: string; concurrency: number };
export type Settings = {
  platformUrl: string;
  token: string;
  endpoints: EndpointAddress[];
  deadlineMs: number;
};

const DEFAULT_DEADLINE_SECONDS = 30 * 60;

/** @throws Error naming the wrong variable in one sentence. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  return {
    platformUrl: readUrl("TEACUP_URL", source.TEACUP_URL),
    token: readToken(source.BRIDGE_TOKEN),
    endpoints: readEndpoints(source.BRIDGE_ENDPOINTS),
    deadlineMs: 1000 * readSeconds(source.BRIDGE_DEADLINE_SECONDS),
  };
}

function readToken(token: string | undefined): string {
  if (!token) throw new Error("BRIDGE_TOKEN is not set; an admin makes one in Settings, Bridges.");
  return token.trim();
}

/** `name=http://host:port`, comma separated; `name*2=...` sends two predictions at a time. */
function readEndpoints(text: string | undefined): EndpointAddress[] {
  const parts = (text ?? "").split(",").map((part) => part.trim());
  const endpoints = parts.filter(Boolean).map((part) => {
    const match = /^([\w.-]+)(?:\*(\d+))?=(.+)$/.exec(part);
    if (!match?.[1] || !match[3]) {
      throw new Error(`BRIDGE_ENDPOINTS has "${part}"; write name=http://host:port instead.`);
    }
    return {
      name: match[1],
      url: readUrl("BRIDGE_ENDPOINTS", match[3]),
      concurrency: Math.max(1, Number(match[2] ?? 1)),
    };
  });
  if (endpoints.length === 0) {
    throw new Error("BRIDGE_ENDPOINTS is not set; write name=http://host:port, comma separated.");
  }
  return endpoints;
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
