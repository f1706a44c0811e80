"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { Skeleton } from "@/app/_ui/skeleton";
import { Examples } from "@/app/(rate)/_guidelines/examples";

export function ProjectGuidelines({ project }: { project: string }) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error } = useQuery({
    ...trpc.rating.guidelines.queryOptions({ project }),
    enabled: isOpen,
  });
  return (
    <>
      <button type="button" className="link" onClick={() => setIsOpen(true)}>
        Guidelines
      </button>
      <Dialog open={isOpen} onOpenChange={setIsOpen} title="Guidelines" width={720} hasClose>
        {error ? <p role="alert">{error.message}</p> : null}
        {data ? (
          <div className="grid gap-4">
            <p className="wrap-anywhere whitespace-pre-line">{data.text}</p>
            {data.examples.length > 0 ? <Examples examples={data.examples} /> : null}
          </div>
        ) : null}
        {data || error ? null : <Skeleton className="h-40" />}
      </Dialog>
    </>
  );
}
