"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Checkbox, Field, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import type { ScoredSubject } from "@/server/scoring/schemas";
import type { ShownScoring } from "@/server/scoring/show-scoring";
import { many } from "../_board/board-words";

type Props = {
  project: string;
  of: ScoredSubject;
  scoring: ShownScoring;
  onClose: () => void;
};

/** Which endpoint, and which of its scorers. */
export function ScoreDialog({ project, of, scoring, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const [endpoint, setEndpoint] = useState(scoring.endpoints[0]);
  const [left, setLeft] = useState<readonly string[]>([]);
  const scorers = (endpoint?.scorers ?? []).filter((name) => !left.includes(name));
  const start = useMutation(
    trpc.scoring.start.mutationOptions({
      onSuccess: ({ tasks }) => {
        toast(
          tasks === 0
            ? "All of it is scored or under way"
            : `The images of ${many(tasks, "prompt")} are to be scored`,
        );
        void queries.invalidateQueries(trpc.scoring.show.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title={`Score ${many(scoring.images, "image")}`}
      description="Each image against its prompt and against each of its two concepts. What was asked once is not asked again. No rater sees a score."
      submit="Score"
      busy={start.isPending && "Starting"}
      notReady={
        endpoint
          ? scorers.length === 0 && "Choose a scorer."
          : "No bridge serves an endpoint that scores."
      }
      problem={start.error?.message}
      onSubmit={() => endpoint && start.mutate({ project, of, endpoint: endpoint.name, scorers })}
      onClose={onClose}
    >
      {endpoint ? (
        <>
          <Field
            label="Endpoint"
            hint={
              endpoint.isThere
                ? undefined
                : "It was not seen in the last minute: its work waits for it."
            }
          >
            <Select
              value={endpoint.name}
              onChange={({ target }) => {
                setEndpoint(scoring.endpoints.find(({ name }) => name === target.value));
                setLeft([]);
              }}
            >
              {scoring.endpoints.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
          <fieldset className="grid gap-1">
            <legend className="mb-1 font-mid">Scorers</legend>
            {endpoint.scorers.map((name) => (
              <Checkbox
                key={name}
                label={name}
                checked={!left.includes(name)}
                onChange={({ target }) =>
                  setLeft(target.checked ? left.filter((one) => one !== name) : [...left, name])
                }
              />
            ))}
          </fieldset>
        </>
      ) : (
        <p className="text-13">
          Start one beside your GPU with <code>teacup-endpoint serve score.toml</code> and name it
          in the bridge’s <code>BRIDGE_ENDPOINTS</code>; the documents say how (docs/endpoints.md).
        </p>
      )}
    </FormDialog>
  );
}
