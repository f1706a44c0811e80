import { Button } from "@/app/_ui/button";
import { StateLabel } from "@/app/_ui/state-label";

export type TestServerProps = {
  test: {
    isPending: boolean;
    mutate: () => void;
    data: { ok: boolean; message: string; latencyMs: number } | undefined;
    error: { message: string } | null;
  };
  busy: string;
};

/** One short question to the server in use, and what came of it. */
export function TestServer({ test, busy }: TestServerProps) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button busy={test.isPending && busy} onClick={() => test.mutate()}>
        Test
      </Button>
      {test.data ? (
        <output className="text-ink">
          <StateLabel kind={test.data.ok ? "done" : "failed"}>
            {test.data.ok ? "It works" : "It does not work"}
          </StateLabel>{" "}
          {test.data.message}
          {test.data.latencyMs > 0 ? ` (${(test.data.latencyMs / 1000).toFixed(1)} s)` : null}
        </output>
      ) : null}
      {test.error ? (
        <p role="alert" className="text-bad">
          {test.error.message}
        </p>
      ) : null}
    </div>
  );
}
