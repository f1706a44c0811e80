import type { ReactNode } from "react";
import { requireViewer } from "./_shell/require-viewer";

export default async function LabLayout({ children }: { children: ReactNode }) {
  await requireViewer();
  return children;
}
