import type { ClientOptions } from "openai";

/** How a server is reached, whatever it is asked for. */
export type Reached = { baseUrl: string; apiKey: string | null; deadlineSeconds: number };

export const openaiOptions = ({ baseUrl, apiKey, deadlineSeconds }: Reached): ClientOptions => ({
  baseURL: baseUrl,
  // Local servers want no key, and the package wants a string.
  apiKey: apiKey ?? "none",
  // Retries are ours: each send is a stored exchange.
  maxRetries: 0,
  timeout: deadlineSeconds * 1000,
  // A redirect could carry the key to another host.
  fetchOptions: { redirect: "manual" },
});
