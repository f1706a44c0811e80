import type { Metadata } from "next";
import { getCaller } from "@/app/_trpc/server";
import { PageHead } from "@/app/_ui/page-head";
import { requireViewer } from "../../_shell/require-viewer";
import { ChangePassword } from "./change-password";
import { Keyboard } from "./keyboard";
import { RenameAccount } from "./rename-account";
import { SignOutElsewhere } from "./sign-out-elsewhere";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const { name, mail, isAdmin } = await requireViewer();
  const { rating } = await getCaller();
  const preferences = await rating.preferences();
  return (
    <>
      <PageHead title={name} sub={isAdmin ? `${mail}, admin of this instance` : mail} />
      <div className="grid max-w-[420px] gap-8">
        <RenameAccount name={name} />
        <ChangePassword />
        <Keyboard preferences={preferences} />
        <SignOutElsewhere />
      </div>
    </>
  );
}
