"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Textarea } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { Skeleton } from "@/app/_ui/skeleton";
import { TimeAgo } from "@/app/_ui/time-ago";
import { SetGuidance } from "@/server/mining/domain/steering-input";
import type { GuidanceVersion } from "@/server/mining/list-guidance";

export type GuidanceDialogProps = {
  project: string;
  /** null: guidance for every pattern of the project. */
  pattern: { id: string; name: string } | null;
  onClose: () => void;
};

/** The researchers' own words to the proposer. Every change is kept as a version. */
export function GuidanceDialog({ project, pattern, onClose }: GuidanceDialogProps) {
  const trpc = useTRPC();
  const patternId = pattern?.id ?? null;
  const { data: versions } = useQuery(
    trpc.mining.listGuidance.queryOptions({ project, patternId }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={pattern ? `Guidance: ${pattern.name}` : "Guidance for the whole project"}
      description="Goes into every question about pairs and patterns, as a wish and not as a rule: how many are asked for, what is spent and what you approve stay yours."
      width={560}
    >
      {versions ? (
        <GuidanceForm
          project={project}
          patternId={patternId}
          versions={versions}
          onClose={onClose}
        />
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </Dialog>
  );
}

type GuidanceFormProps = {
  project: string;
  patternId: string | null;
  versions: readonly GuidanceVersion[];
  onClose: () => void;
};

function GuidanceForm({ project, patternId, versions, onClose }: GuidanceFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [inForce, ...earlier] = versions;
  const [text, setText] = useState(inForce?.text ?? "");
  const save = useMutation(
    trpc.mining.setGuidance.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.mining.listGuidance.pathFilter());
        onClose();
      },
    }),
  );
  const given = SetGuidance.safeParse({ patternId, text });
  const isSame = text.trim() === (inForce?.text ?? "");
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (given.success && !isSame) save.mutate({ project, ...given.data });
      }}
    >
      <Field
        label="Guidance"
        error={save.error?.message}
        hint={inForce ? <InForce version={inForce} /> : "None yet."}
      >
        <Textarea
          rows={6}
          value={text}
          placeholder="Prefer everyday things of a kitchen. No brands, no people."
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {earlier.length > 0 ? <Earlier versions={earlier} onTake={setText} /> : null}
      <DialogActions>
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending && "Saving"}
          notReady={
            isSame ? "Nothing has changed" : !given.success && given.error.issues[0]?.message
          }
        >
          Save as version {(inForce?.version ?? 0) + 1}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Back <Key>Esc</Key>
        </Button>
      </DialogActions>
    </form>
  );
}

function InForce({ version: { version, by, createdAt } }: { version: GuidanceVersion }) {
  return (
    <>
      Version {version} by {by ?? "nobody known"}, <TimeAgo at={createdAt} />. Empty it to guide no
      more.
    </>
  );
}

type EarlierProps = { versions: readonly GuidanceVersion[]; onTake: (text: string) => void };

function Earlier({ versions, onTake }: EarlierProps) {
  return (
    <details>
      <summary className="small-print cursor-pointer">Earlier versions</summary>
      <ul className="mt-1 max-h-40 divide-y divide-line overflow-auto">
        {versions.map(({ id, version, text }) => (
          <li key={id} className="flex items-start gap-3 py-1.5">
            <span className="small-print shrink-0">{version}</span>
            <p className="min-w-0 flex-1 whitespace-pre-wrap">{text || "(none)"}</p>
            <Button size={26} onClick={() => onTake(text)}>
              Take this text
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
