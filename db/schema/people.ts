import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { at, createdAt, id, ref, sha256Column } from "../columns";
import { projectRole } from "./pg-enums";
import { projects } from "./project";
import { projectId } from "./project-id";

export const accounts = pgTable(
  "account",
  {
    id: id(),
    name: text("name").notNull(),
    mail: text("mail").notNull(),
    // null: cannot sign in (a simulated rater).
    passwordHash: text("password_hash"),
    // A session carries the number it was made with; raising it ends every session at once.
    sessionVersion: integer("session_version").notNull().default(1),
    isAdmin: boolean("is_admin").notNull().default(false),
    isSimulated: boolean("is_simulated").notNull().default(false),
    preferences: jsonb("preferences").notNull().default({}),
    disabledAt: at("disabled_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("account_mail_key").on(sql`lower(${t.mail})`),
    check(
      "account_simulated_has_no_password",
      sql`not ${t.isSimulated} or ${t.passwordHash} is null`,
    ),
  ],
);
export type Account = typeof accounts.$inferSelect;

export const memberships = pgTable(
  "membership",
  {
    id: id(),
    projectId: projectId(),
    accountId: ref("account_id")
      .notNull()
      .references(() => accounts.id),
    role: projectRole("role").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("membership_project_account_key").on(t.projectId, t.accountId),
    index("membership_account_idx").on(t.accountId),
  ],
);

export const invitations = pgTable(
  "invitation",
  {
    id: id(),
    projectId: projectId(),
    role: projectRole("role").notNull(),
    tokenHash: sha256Column("token_hash").notNull(),
    invitedBy: ref("invited_by")
      .notNull()
      .references(() => accounts.id),
    expiresAt: at("expires_at").notNull(),
    usedBy: ref("used_by").references(() => accounts.id),
    usedAt: at("used_at"),
    revokedAt: at("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("invitation_token_hash_key").on(t.tokenHash),
    index("invitation_project_idx").on(t.projectId),
    check("invitation_used_whole", sql`(${t.usedBy} is null) = (${t.usedAt} is null)`),
  ],
);

export const passwordResets = pgTable(
  "password_reset",
  {
    id: id(),
    accountId: ref("account_id")
      .notNull()
      .references(() => accounts.id),
    tokenHash: sha256Column("token_hash").notNull(),
    expiresAt: at("expires_at").notNull(),
    usedAt: at("used_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("password_reset_token_hash_key").on(t.tokenHash),
    index("password_reset_account_idx").on(t.accountId),
  ],
);

// Failed sign-ins only; counted inside a window, swept when old.
export const signInFailures = pgTable(
  "sign_in_failure",
  {
    id: id(),
    // SHA-256 of the lower-case mail: counts guesses at unknown mails without keeping them.
    mailHash: sha256Column("mail_hash").notNull(),
    address: text("address"),
    createdAt: createdAt(),
  },
  (t) => [
    index("sign_in_failure_mail_idx").on(t.mailHash, t.createdAt),
    index("sign_in_failure_time_idx").on(t.createdAt),
  ],
);

// Append only (trigger in the migrations); each row's hash covers the one before it.
export const auditEvents = pgTable(
  "audit_event",
  {
    id: id(),
    number: bigserial("number", { mode: "number" }).notNull(),
    actorId: ref("actor_id").references(() => accounts.id),
    projectId: ref("project_id").references(() => projects.id),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    prevHash: sha256Column("prev_hash").notNull(),
    hash: sha256Column("hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("audit_event_number_key").on(t.number),
    unique("audit_event_prev_hash_key").on(t.prevHash),
    index("audit_event_project_idx").on(t.projectId),
    index("audit_event_actor_idx").on(t.actorId),
  ],
);
