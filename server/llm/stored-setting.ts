import { eq } from "drizzle-orm";
import type { DbOrTx, Tx } from "@/db/client";
import { settings } from "@/db/schema";
import { env } from "@/server/core/env";
import { seal } from "./seal";

export async function readSetting(db: DbOrTx, name: string): Promise<unknown> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, name));
  return row?.value ?? null;
}

type Stored = { name: string; value: object; accountId: string };

export async function storeSetting(tx: Tx, { name, value, accountId }: Stored): Promise<void> {
  const row = { value, updatedBy: accountId, updatedAt: new Date() };
  await tx
    .insert(settings)
    .values({ name, ...row })
    .onConflictDoUpdate({ target: settings.name, set: row });
}

type Keyed = { baseUrl: string; sealedKey: string | null };

/** The sealed key after a change: a new one, none, or the stored one, which belongs to its address. */
export function sealedKeyAfter(
  before: Keyed | null,
  input: { baseUrl: string; apiKey?: string | null | undefined },
): string | null {
  if (input.apiKey) return seal(input.apiKey, env().AUTH_SECRET);
  // It must not travel to another host by a mere edit.
  const isKept = input.apiKey === undefined && before?.baseUrl === input.baseUrl;
  return isKept ? (before?.sealedKey ?? null) : null;
}

/** What the audit log may hold of it. */
export const withoutKey = <T extends { sealedKey: string | null }>({ sealedKey, ...rest }: T) => ({
  ...rest,
  hasKey: sealedKey !== null,
});
