import { redirect } from "next/navigation";
import { getViewer } from "@/server/auth/get-viewer";
import type { Viewer } from "@/server/auth/viewer";

/** The signed-in person; anyone else is sent to the door. */
export async function requireViewer(): Promise<Viewer> {
  return (await getViewer()) ?? redirect("/sign-in");
}
