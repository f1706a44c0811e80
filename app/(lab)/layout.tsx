import type { ReactNode } from "react";
import { getCaller } from "@/app/_trpc/server";
import { SingleKeys } from "@/app/_ui/single-keys";
import { requireViewer } from "./_shell/require-viewer";

export default async function LabLayout({ children }: { children: ReactNode }) {
  await requireViewer();
  const { rating } = await getCaller();
  const { singleKeys } = await rating.preferences();
  return <SingleKeys areOn={singleKeys}>{children}</SingleKeys>;
}
