"use client";

import { useQueryClient } from "@tanstack/react-query";
import { preload } from "react-dom";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import type { ReadyLook } from "@/server/generation/list-looks";
import { imageOf } from "./image-of";
import { LookCase } from "./look-case";
import { LookKeyBar } from "./look-key-bar";
import { LookQueue } from "./look-queue";
import { NoLook } from "./no-look";
import { useLookKeys } from "./use-look-keys";
import { useLooks } from "./use-looks";

const TOPICS = ["look", "pair", "run"];

/** One look after another, by keyboard; nothing waits for the network. */
export function Looks({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const looking = useLooks(project);
  useLookKeys(looking);
  useLive(project, (event) => {
    if (event !== "resync" && !TOPICS.includes(event.topic)) return;
    if (looking.saveState.kind !== "saved") return;
    void queries.invalidateQueries(trpc.generation.listLooks.pathFilter());
    void queries.invalidateQueries(trpc.generation.countLooks.pathFilter());
  });
  for (const look of looking.ahead) fetchAhead(look);
  const { current } = looking;
  return (
    <div className="grid h-[calc(100vh-var(--bar))] grid-rows-[minmax(0,1fr)_40px] overflow-hidden max-md:grid-rows-[minmax(0,1fr)_auto]">
      <main className="grid min-h-0 grid-cols-[244px_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[auto_minmax(0,1fr)]">
        <LookQueue project={project} looking={looking} />
        <section className="flex min-h-0 flex-col" aria-label="Look">
          {current ? (
            <LookCase key={current.id} look={current} looking={looking} />
          ) : (
            <NoLook project={project} looking={looking} />
          )}
        </section>
      </main>
      <LookKeyBar looking={looking} />
    </div>
  );
}

/** The next images lie in the browser before they are asked for. */
function fetchAhead(look: ReadyLook) {
  for (const id of look.imageIds) preload(imageOf(look.kind, id), { as: "image" });
}
