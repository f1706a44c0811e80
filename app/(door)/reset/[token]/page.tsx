import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { Token } from "@/server/auth/schemas";
import { DoorHead } from "../../_door/door-head";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "New password" };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const account = Token.safeParse(token).success
    ? await (await getCaller()).auth.door.showResetLink({ token })
    : null;
  if (!account) {
    return (
      <DoorHead title="This link does not work any more">
        A reset link works once and for 24 hours. Ask an admin for a new one.
      </DoorHead>
    );
  }
  return (
    <>
      <DoorHead title={`A new password for ${account.name}`}>
        {account.mail}. Every browser that is signed in with the old one is signed out.
      </DoorHead>
      <ResetForm token={token} />
    </>
  );
}
