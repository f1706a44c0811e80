import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { getViewer } from "@/server/auth/get-viewer";
import { OutboxProvider } from "./_outbox/outbox-provider";

export default async function RateLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) redirect("/sign-in?returnTo=/rate");
  return <OutboxProvider accountId={viewer.accountId}>{children}</OutboxProvider>;
}
