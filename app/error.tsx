"use client";

import { Button } from "./_ui/button";
import { ButtonLink } from "./_ui/button-link";
import { EmptyState } from "./_ui/empty-state";

export type ErrorPageProps = { error: Error & { digest?: string } };

/** For what no screen expected; the server's log names the cause under the same number. */
export default function ErrorPage({ error }: ErrorPageProps) {
  return (
    <main className="grid min-h-screen place-content-center bg-surface px-6">
      <EmptyState
        title="This page could not be shown."
        actions={
          <>
            <Button onClick={() => location.reload()}>Try again</Button>
            <ButtonLink href="/">Home</ButtonLink>
          </>
        }
      >
        What was saved is not affected. If it happens again, tell whoever runs Teacup
        {error.digest ? `: the log names the cause under ${error.digest}` : null}.
      </EmptyState>
    </main>
  );
}
