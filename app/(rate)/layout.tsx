import type { ReactNode } from "react";
import { requireViewer } from "../(lab)/_shell/require-viewer";
import { OutboxProvider } from "./_outbox/outbox-provider";

export default async function RateLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  return <OutboxProvider accountId={viewer.accountId}>{children}</OutboxProvider>;
}
