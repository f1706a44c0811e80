import {
  adminProcedure,
  memberProcedure,
  ownerProcedure,
  publicProcedure,
  researcherProcedure,
  router,
  signedInProcedure,
} from "@/server/trpc/init";
import { acceptAsNew, acceptInvitation } from "./accept-invitation";
import { changePassword } from "./change-password";
import { changeRole } from "./change-role";
import { createFirstAdmin } from "./create-first-admin";
import { invite } from "./invite";
import { listAccounts } from "./list-accounts";
import { listAudit } from "./list-audit";
import { listInvitations } from "./list-invitations";
import { listMembers } from "./list-members";
import { makeResetLink } from "./make-reset-link";
import { leaveProject, removeMember } from "./remove-member";
import { renameAccount } from "./rename-account";
import { revokeInvitation } from "./revoke-invitation";
import * as schemas from "./schemas";
import { setAdmin } from "./set-admin";
import { setDisabled } from "./set-disabled";
import { setPasswordByLink } from "./set-password-by-link";
import { setupState } from "./setup-state";
import { showInvitation } from "./show-invitation";
import { showResetLink } from "./show-reset-link";
import { signOutElsewhere } from "./sign-out-elsewhere";
import { verifyAudit } from "./verify-audit";

/** For who is not signed in: each holds a link, and the link is the right. */
const door = router({
  setupState: publicProcedure
    .input(schemas.SetupToken)
    .query(({ ctx, input }) => setupState(ctx, input.token)),
  createFirstAdmin: publicProcedure
    .input(schemas.CreateFirstAdmin)
    .mutation(({ ctx, input }) => createFirstAdmin(ctx, input)),
  showInvitation: publicProcedure
    .input(schemas.OneToken)
    .query(({ ctx, input }) => showInvitation(ctx, input)),
  acceptAsNew: publicProcedure
    .input(schemas.AcceptAsNew)
    .mutation(({ ctx, input }) => acceptAsNew(ctx, input)),
  showResetLink: publicProcedure
    .input(schemas.OneToken)
    .query(({ ctx, input }) => showResetLink(ctx, input)),
  setPasswordByLink: publicProcedure
    .input(schemas.SetPasswordByLink)
    .mutation(({ ctx, input }) => setPasswordByLink(ctx, input)),
});

const account = router({
  me: signedInProcedure.query(({ ctx }) => ctx.viewer),
  rename: signedInProcedure
    .input(schemas.RenameAccount)
    .mutation(({ ctx, input }) => renameAccount(ctx, input)),
  changePassword: signedInProcedure
    .input(schemas.ChangePassword)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  signOutElsewhere: signedInProcedure.mutation(({ ctx }) => signOutElsewhere(ctx)),
  acceptInvitation: signedInProcedure
    .input(schemas.OneToken)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});

const people = router({
  list: adminProcedure.query(({ ctx }) => listAccounts(ctx)),
  makeResetLink: adminProcedure
    .input(schemas.OneAccount)
    .mutation(({ ctx, input }) =>
      makeResetLink({ db: ctx.db, actorId: ctx.viewer.accountId }, input),
    ),
  setDisabled: adminProcedure
    .input(schemas.SetDisabled)
    .mutation(({ ctx, input }) => setDisabled(ctx, input)),
  setAdmin: adminProcedure
    .input(schemas.SetAdmin)
    .mutation(({ ctx, input }) => setAdmin(ctx, input)),
});

const audit = router({
  list: adminProcedure.input(schemas.ListAudit).query(({ ctx, input }) => listAudit(ctx, input)),
  verify: adminProcedure.query(({ ctx }) => verifyAudit(ctx)),
});

const members = router({
  list: researcherProcedure.query(({ ctx }) => listMembers(ctx)),
  changeRole: ownerProcedure
    .input(schemas.ChangeRole)
    .mutation(({ ctx, input }) => changeRole(ctx, input)),
  remove: ownerProcedure
    .input(schemas.RemoveMember)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
  leave: memberProcedure.mutation(({ ctx }) => leaveProject(ctx)),
  invite: ownerProcedure.input(schemas.Invite).mutation(({ ctx, input }) => invite(ctx, input)),
  listInvitations: ownerProcedure.query(({ ctx }) => listInvitations(ctx)),
  revokeInvitation: ownerProcedure
    .input(schemas.RevokeInvitation)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
});

export const authRouter = router({ door, account, people, audit, members });
