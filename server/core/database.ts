import { connect, type DbHandle } from "@/db/client";
import { env } from "./env";

// One pool a process; on globalThis so that a reload in development does not open another.
const holder = globalThis as typeof globalThis & { teacupDatabase?: DbHandle };

export function database(): DbHandle {
  holder.teacupDatabase ??= connect(env().DATABASE_URL);
  return holder.teacupDatabase;
}

export async function closeDatabase(): Promise<void> {
  const opened = holder.teacupDatabase;
  holder.teacupDatabase = undefined;
  await opened?.close();
}
