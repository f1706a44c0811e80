"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { many } from "../../../_board/board-words";
import { LetGo } from "./let-go";

/** For whom seats are kept; nothing where none are. */
export function KeptSeats({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.rating.keptSeats.queryOptions({ project }));
  return (
    <ul aria-label="Kept seats" className="flex flex-wrap gap-x-8 gap-y-2 text-13 empty:hidden">
      {data.map(({ raterId, rater, isAway, seats }) => (
        <li key={raterId} className="flex items-center gap-2">
          <span>
            {many(seats, "seat")} kept for <b>{rater}</b>
            {isAway
              ? ", whose account is disabled: nobody can take them until they are let go"
              : null}
          </span>
          <LetGo
            project={project}
            seats={{ accountId: raterId }}
            trigger="Let go …"
            words={`all seats kept for ${rater}`}
          />
        </li>
      ))}
    </ul>
  );
}
