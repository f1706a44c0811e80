import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getViewer } from "@/server/auth/get-viewer";
import type { Viewer } from "@/server/auth/viewer";

/** The signed-in person; anyone else is sent to the door, which leads back to this page. */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await getViewer();
  if (viewer) return viewer;
  const page = (await headers()).get("x-page");
  redirect(page && page !== "/" ? `/sign-in?returnTo=${encodeURIComponent(page)}` : "/sign-in");
}
