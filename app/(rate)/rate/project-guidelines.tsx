"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { Skeleton } from "@/app/_ui/skeleton";

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
      <Dialog open={isOpen} onOpenChange={setIsOpen} title="Guidelines" width={620}>
        {error ? <p role="alert">{error.message}</p> : null}
        {data ? <p className="whitespace-pre-line">{data.text}</p> : null}
        {data || error ? null : <Skeleton className="h-40" />}
      </Dialog>
    </>
  );
}
