import { randomBytes } from "node:crypto";
import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

const COUNTS_PER_MS = 0x1000;
let lastCount = 0;

/**
 * UUIDv7 (RFC 9562, method 1): sorts by creation, also within one millisecond of this process, so that
 * rows of one insert keep their order. Made here because Postgres 16 and 17 cannot.
 */
export function uuidv7(): string {
  const bytes = randomBytes(16);
  lastCount = Math.max(Date.now() * COUNTS_PER_MS, lastCount + 1);
  bytes.writeUIntBE(Math.floor(lastCount / COUNTS_PER_MS), 0, 6);
  bytes.writeUInt16BE(0x7000 | (lastCount % COUNTS_PER_MS), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}

export const id = () => uuid("id").primaryKey().$defaultFn(uuidv7);
export const ref = (name: string) => uuid(name);
export const at = (name: string) => timestamp(name, { withTimezone: true });
export const createdAt = () => at("created_at").notNull().defaultNow();

/** SHA-256 as 64 lower-case hex digits. */
export const sha256Column = customType<{ data: string }>({ dataType: () => "char(64)" });
