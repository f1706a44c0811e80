import { notFound } from "next/navigation";
import type { Viewer } from "@/server/auth/viewer";
import { requireViewer } from "./require-viewer";

/** The signed-in admin; to everybody else the page does not exist. */
export async function requireAdmin(): Promise<Viewer> {
  const viewer = await requireViewer();
  return viewer.isAdmin ? viewer : notFound();
}
