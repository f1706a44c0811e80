"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import { suggestCrosses } from "@/server/mining/domain/suggest-crosses";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { usePatternAct } from "./use-pattern-act";

export type CrossDialogProps = {
  project: string;
  patterns: readonly ListedPattern[];
  /** The pattern whose menu asked; null from the page's head. */
  first: string | null;
  onClose: () => void;
};

/** Phase 4: two approved patterns become two crossed ones. A person opens the phase by asking. */
export function CrossDialog({ project, patterns, first, onClose }: CrossDialogProps) {
  const approved = patterns.filter((pattern) => pattern.state === "approved");
  const suggested = suggestCrosses(approved, crossedPairs(patterns));
  const [a, setA] = useState(first ?? suggested[0]?.a.id ?? "");
  const [b, setB] = useState(first ? "" : (suggested[0]?.b.id ?? ""));
  const { ask, isPending, problem } = useCrossing(project, onClose);

  return (
    <FormDialog
      title="Cross two patterns"
      description="Each of the two crossings takes one side from each parent. Both wait for your decision; their parents are recorded. This opens phase 4 if it is still closed."
      width={560}
      submit="Cross them"
      busy={isPending && "Asking"}
      notReady={a && b && a !== b ? false : "Choose two different patterns"}
      problem={problem}
      onSubmit={() => ask(a, b)}
      onClose={onClose}
    >
      {suggested.length > 0 ? (
        <ul aria-label="Suggested by yield" className="divide-y divide-line border-y border-line">
          {suggested.map((cross) => (
            <li key={`${cross.a.id} ${cross.b.id}`} className="flex items-center gap-3 py-1.5">
              <span className="min-w-0 flex-1">
                <b>{cross.a.name}</b> × <b>{cross.b.name}</b>
                <span className="block small-print">{cross.reason}</span>
              </span>
              <Button
                size={26}
                aria-pressed={isChosen(cross, a, b)}
                onClick={() => {
                  setA(cross.a.id);
                  setB(cross.b.id);
                }}
              >
                Choose
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="small-print">
          Nothing is suggested before two patterns have Level-5 finds; any two can be crossed.
        </p>
      )}
      <div className="grid grid-cols-2 gap-3">
        <PatternSelect label="One" patterns={approved} value={a} onChange={setA} />
        <PatternSelect label="Other" patterns={approved} value={b} onChange={setB} />
      </div>
    </FormDialog>
  );
}

type Chosen = { a: { id: string }; b: { id: string } };
const isChosen = (cross: Chosen, a: string, b: string) =>
  [cross.a.id, cross.b.id].sort().join() === [a, b].sort().join();

/** Parents that have a child together, as far as they are still listed. */
function crossedPairs(patterns: readonly ListedPattern[]): [string, string][] {
  return patterns.flatMap(({ parentIds: [one, other], state }) =>
    one && other && state !== "rejected" ? [[one, other] as [string, string]] : [],
  );
}

type PatternSelectProps = {
  label: string;
  patterns: readonly ListedPattern[];
  value: string;
  onChange: (id: string) => void;
};

function PatternSelect({ label, patterns, value, onChange }: PatternSelectProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose a pattern</option>
        {patterns.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function useCrossing(project: string, onAsked: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const { onSuccess: readAgain } = usePatternAct();
  const open = useMutation(trpc.loop.openPhase.mutationOptions());
  const request = useMutation(
    trpc.mining.requestMerge.mutationOptions({
      onSuccess: async () => {
        await readAgain();
        toast("Asked for two crossings");
        onAsked();
      },
    }),
  );
  const ask = (patternAId: string, patternBId: string) =>
    open.mutate(
      { project, number: 4 },
      { onSuccess: () => request.mutate({ project, patternAId, patternBId }) },
    );
  return {
    ask,
    isPending: open.isPending || request.isPending,
    problem: open.error?.message ?? request.error?.message,
  };
}
