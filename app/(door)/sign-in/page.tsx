import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getCaller } from "@/app/_trpc/server";
import { getViewer } from "@/server/auth/get-viewer";
import { DoorHead } from "../_door/door-head";
import { safePath } from "../_door/safe-path";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ returnTo?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const target = safePath((await searchParams).returnTo);
  if (await getViewer()) redirect(target);
  const state = await (await getCaller()).auth.door.setupState({ token: "" });
  if (state !== "done") return <NotSetUp />;
  return (
    <>
      <DoorHead title="Sign in" />
      <SignInForm target={target} />
    </>
  );
}

function NotSetUp() {
  return (
    <DoorHead title="Nobody has an account here yet">
      Open the setup link that stands in the terminal where Teacup was started: it makes the first
      account.
    </DoorHead>
  );
}
