import { createHash, randomBytes } from "node:crypto";

export const sha256 = (data: string | Uint8Array): string =>
  createHash("sha256").update(data).digest("hex");

/** 256 random bits, safe in an address. Store only its `sha256`. */
export const newToken = (): string => randomBytes(32).toString("base64url");
