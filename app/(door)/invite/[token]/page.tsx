import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { Link } from "@/app/_ui/link";
import { getViewer } from "@/server/auth/get-viewer";
import { Token } from "@/server/auth/schemas";
import { DoorHead } from "../../_door/door-head";
import { JoinAsMyself } from "./join-as-myself";
import { JoinAsNew } from "./join-as-new";

export const metadata: Metadata = { title: "Invitation" };

const ROLE_WORDS = {
  owner: "an owner, who also decides who is in it",
  researcher: "a researcher, who mines pairs and has images drawn",
  expert: "an expert, who rates images",
} as const;

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = Token.safeParse(token).success
    ? await (await getCaller()).auth.door.showInvitation({ token })
    : null;
  if (!invitation) {
    return (
      <DoorHead title="This invitation does not work any more">
        It was used, revoked, or is older than seven days. Ask the person who sent it for a new one.
      </DoorHead>
    );
  }
  const viewer = await getViewer();
  return (
    <>
      <DoorHead title={`Join “${invitation.project}”`}>
        {invitation.invitedBy} invites you as {ROLE_WORDS[invitation.role]}.
      </DoorHead>
      {viewer ? (
        <JoinAsMyself token={token} name={viewer.name} mail={viewer.mail} />
      ) : (
        <>
          <JoinAsNew token={token} />
          <p className="mt-4 text-13 text-ink-3">
            You have an account here?{" "}
            <Link href={`/sign-in?returnTo=/invite/${token}`} className="link underline">
              Sign in
            </Link>{" "}
            first; the link stays good.
          </p>
        </>
      )}
    </>
  );
}
