import { z } from "zod";
import { PROJECT_ROLES } from "@/db/enums";

export const MIN_PASSWORD = 12;
export const MAX_PASSWORD = 200;

export const Name = z
  .string()
  .trim()
  .min(1, "Please give a name")
  .max(100, "Please keep the name under 100 characters");
export const Mail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This mail address is too long")
  .pipe(z.email("Please give a mail address such as name@example.org"));
// Length is the one rule that helps; the upper bound keeps hashing cheap.
export const Password = z
  .string()
  .min(MIN_PASSWORD, `Please use at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD, `Please use at most ${MAX_PASSWORD} characters`);
export const Token = z.string().min(20).max(100);

export const SignIn = z.object({
  mail: z.string().max(254),
  password: z.string().max(MAX_PASSWORD),
});
export type SignIn = z.infer<typeof SignIn>;

export const SetupToken = z.object({ token: z.string().max(100) });
export const CreateFirstAdmin = z.strictObject({
  token: z.string().max(100),
  name: Name,
  mail: Mail,
  password: Password,
});
export type CreateFirstAdmin = z.infer<typeof CreateFirstAdmin>;

export const RenameAccount = z.strictObject({ name: Name });
export type RenameAccount = z.infer<typeof RenameAccount>;

export const ChangePassword = z.strictObject({
  current: z.string().max(MAX_PASSWORD),
  password: Password,
});
export type ChangePassword = z.infer<typeof ChangePassword>;

export const OneAccount = z.strictObject({ accountId: z.uuid() });
export type OneAccount = z.infer<typeof OneAccount>;

export const SetDisabled = z.strictObject({ accountId: z.uuid(), disabled: z.boolean() });
export type SetDisabled = z.infer<typeof SetDisabled>;

export const SetAdmin = z.strictObject({ accountId: z.uuid(), admin: z.boolean() });
export type SetAdmin = z.infer<typeof SetAdmin>;

export const SetPasswordByLink = z.strictObject({ token: Token, password: Password });
export type SetPasswordByLink = z.infer<typeof SetPasswordByLink>;

export const ListAudit = z.strictObject({ before: z.number().int().positive().optional() });
export type ListAudit = z.infer<typeof ListAudit>;

export const Role = z.enum(PROJECT_ROLES);
// The project's slug joins these, so they are not strict.
export const Invite = z.object({ role: Role });
export type Invite = z.infer<typeof Invite>;

export const RevokeInvitation = z.object({ invitationId: z.uuid() });
export type RevokeInvitation = z.infer<typeof RevokeInvitation>;

export const ChangeRole = z.object({ accountId: z.uuid(), role: Role });
export type ChangeRole = z.infer<typeof ChangeRole>;

export const RemoveMember = z.object({ accountId: z.uuid() });
export type RemoveMember = z.infer<typeof RemoveMember>;

export const OneToken = z.strictObject({ token: Token });
export type OneToken = z.infer<typeof OneToken>;

export const AcceptAsNew = z.strictObject({
  token: Token,
  name: Name,
  mail: Mail,
  password: Password,
});
export type AcceptAsNew = z.infer<typeof AcceptAsNew>;
