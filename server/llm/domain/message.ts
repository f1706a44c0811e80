export type LlmMessage = { role: "system" | "user" | "assistant"; content: string };
