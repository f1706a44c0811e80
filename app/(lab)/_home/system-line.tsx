import { getCaller } from "@/app/_trpc/server";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";

/** What is ready to work, and what to do about what is not. */
export async function SystemLine({ isAdmin }: { isAdmin: boolean }) {
  const caller = await getCaller();
  const state = await caller.system.state();
  const parts = [
    { name: "Database", isReady: true, reason: null },
    { name: "Worker", isReady: state.worker, reason: null },
    ...state.engines,
  ];
  return (
    <div className="mt-11 flex flex-wrap gap-x-7 gap-y-2 border-t border-line pt-4">
      {parts.map((part) => (
        <StateLabel key={part.name} kind={part.isReady ? "done" : "near-limit"} className="text-13">
          {part.isReady ? part.name : `${part.name}: ${part.reason ?? "not heard from"}`}
        </StateLabel>
      ))}
      {state.drift.length > 0 ? (
        <StateLabel kind="near-limit" className="text-13">
          Counters differ from their rows ({state.drift.join(", ")}): run{" "}
          <code>npm run admin -- recount</code>
        </StateLabel>
      ) : null}
      {state.driftingLevels > 0 ? (
        <StateLabel kind="near-limit" className="text-13">
          Levels of {state.driftingLevels === 1 ? "1 grid" : `${state.driftingLevels} grids`} do not
          follow from their verdicts: see the rating progress
        </StateLabel>
      ) : null}
      {state.llm ? (
        <StateLabel kind="done" className="text-13">
          LLM
        </StateLabel>
      ) : (
        <StateLabel kind="info" className="text-13">
          No LLM: the offline proposer is in use.{" "}
          {isAdmin ? (
            <Link href="/settings/llm" className="link">
              Add one
            </Link>
          ) : null}
        </StateLabel>
      )}
    </div>
  );
}
