"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Key } from "@/app/_ui/key";
import { Skeleton } from "@/app/_ui/skeleton";
import { Examples } from "@/app/(rate)/_guidelines/examples";
import type { GuidelineDetail } from "@/server/rating/list-guidelines";
import { DiffText } from "./diff-text";

export type VersionDialogProps = {
  project: string;
  version: number;
  onClose: () => void;
  onStartFrom: (version: GuidelineDetail) => void;
};

/** An old version as raters read it, with what it changed marked in the text. */
export function VersionDialog({ project, version, onClose, onStartFrom }: VersionDialogProps) {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.rating.guideline.queryOptions({ project, version }));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Guidelines, version ${version}`}
      description={
        data?.diff
          ? `Underlined is new against version ${version - 1}, struck through is gone.`
          : null
      }
      width={760}
    >
      {error ? <p role="alert">{error.message}</p> : null}
      {data || error ? null : <Skeleton className="h-40" />}
      {data ? (
        <div className="grid gap-4">
          <DiffText parts={data.diff ?? [{ kind: "same", text: data.text }]} />
          {data.examples.length > 0 ? <Examples examples={data.examples} /> : null}
          {data.dropped.length > 0 ? (
            <div className="grid gap-2">
              <h3 className="text-12 text-ink-3">No longer an example</h3>
              <Examples examples={data.dropped} />
            </div>
          ) : null}
        </div>
      ) : null}
      <DialogActions>
        {data ? (
          <Button onClick={() => onStartFrom(data)}>Start a new version from this one</Button>
        ) : null}
        <Button variant="quiet" onClick={onClose}>
          Back <Key>Esc</Key>
        </Button>
      </DialogActions>
    </Dialog>
  );
}
