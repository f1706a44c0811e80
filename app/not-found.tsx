import type { Metadata } from "next";
import { ButtonLink } from "./_ui/button-link";
import { EmptyState } from "./_ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

/** The same page for what does not exist and for what is somebody else's. */
export default function NotFound() {
  return (
    <main className="grid min-h-screen place-content-center bg-surface px-6">
      <EmptyState
        title="This page could not be found."
        actions={<ButtonLink href="/">Home</ButtonLink>}
      >
        It does not exist, or it is in a project that you are not a member of.
      </EmptyState>
    </main>
  );
}
