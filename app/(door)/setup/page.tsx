import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { ButtonLink } from "@/app/_ui/button-link";
import { DoorHead } from "../_door/door-head";
import { SetupForm } from "./setup-form";

export const metadata: Metadata = { title: "Set up" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const link = typeof token === "string" ? token.slice(0, 100) : "";
  const state = await (await getCaller()).auth.door.setupState({ token: link });
  if (state === "done") return <AlreadySetUp />;
  if (state === "wrong_link") return <WrongLink />;
  return (
    <>
      <DoorHead title="Create the admin account">
        It stays on this machine. You can invite others later.
      </DoorHead>
      <SetupForm token={link} />
    </>
  );
}

function AlreadySetUp() {
  return (
    <>
      <DoorHead title="Teacup is already set up">
        The setup link works once, and it was used. Sign in with the account that was made then.
      </DoorHead>
      <ButtonLink href="/sign-in" variant="primary" size={40}>
        Sign in
      </ButtonLink>
    </>
  );
}

function WrongLink() {
  return (
    <DoorHead title="This is not the setup link">
      Nobody has an account here yet. Open the link that stands in the terminal where Teacup was
      started, whole, with everything after <code className="font-mono">token=</code>.
    </DoorHead>
  );
}
