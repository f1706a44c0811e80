import { sha256 } from "@/server/core/secret";

/** What the first event of the chain stands on. */
export const AUDIT_START = sha256("teacup audit");

export type AuditFacts = {
  actorId: string | null;
  projectId: string | null;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  createdAt: Date;
};

export function auditHash(prevHash: string, facts: AuditFacts): string {
  const { actorId, projectId, action, subject, before, after, createdAt } = facts;
  return sha256(
    canonical([prevHash, actorId, projectId, action, subject, before, after, createdAt.toJSON()]),
  );
}

// The database does not keep the order of keys in JSON, so the hash must not depend on it.
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.join(",")}}`;
}
