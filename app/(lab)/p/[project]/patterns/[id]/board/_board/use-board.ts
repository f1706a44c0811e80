import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import type { BoardCell } from "@/server/mining/domain/pair-board";
import { PICKS_MOST } from "@/server/mining/domain/pattern-input";
import { usePatternAct } from "../../../use-pattern-act";
import { type Place, placeAfter, placeKey, togglePick } from "./picks";

export type Picking = ReturnType<typeof useBoard>;
type Cells = readonly (readonly BoardCell[])[];

/** Where the cursor stands and what is picked; arrows move, Space picks, Enter proposes. */
export function useBoard(project: string, { set, cells }: { set: { id: string }; cells: Cells }) {
  const [cursor, setCursor] = useState<Place>({ row: 0, column: 0 });
  const [picks, setPicks] = useState<readonly Place[]>([]);
  const toast = useToast();
  const propose = usePropose(() => setPicks([]));
  const isPicked = (place: Place) => picks.some((pick) => placeKey(pick) === placeKey(place));

  const toggle = (place: Place) => {
    setCursor(place);
    if (!isPicked(place) && picks.length >= PICKS_MOST)
      return toast(`${PICKS_MOST} are as many as fit one batch. Propose these first.`, {
        tone: "bad",
      });
    if (canBePicked(cells[place.row]?.[place.column])) setPicks(togglePick(picks, place));
  };
  const send = () => {
    if (picks.length > 0 && !propose.isPending)
      propose.mutate({ project, conceptSetId: set.id, picks: [...picks] });
  };
  const actOf = (key: string): (() => void) | null => {
    const next = placeAfter(key, cursor, sizeOf(cells));
    if (next) return () => setCursor(next);
    if (key === " ") return () => toggle(cursor);
    if (key === "Enter") return send;
    if (key === "Backspace") return () => setPicks(picks.slice(0, -1));
    return null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : actOf(event.key);
    if (!act) return;
    event.preventDefault();
    if (!event.repeat || event.key.startsWith("Arrow")) act();
  };
  const clear = () => setPicks([]);
  return { cursor, picks, isPicked, toggle, send, clear, onKeyDown, isSending: propose.isPending };
}

const canBePicked = (cell: BoardCell | undefined) =>
  cell?.kind === "free" || cell?.kind === "alike";
const sizeOf = (cells: Cells) => ({ rows: cells.length, columns: cells[0]?.length ?? 0 });

function usePropose(onProposed: () => void) {
  const trpc = useTRPC();
  const toast = useToast();
  const act = usePatternAct();
  return useMutation(
    trpc.mining.proposePicked.mutationOptions({
      ...act,
      onSuccess: async ({ picked, accepted }) => {
        onProposed();
        await act.onSuccess();
        toast(wordsOf(picked, accepted));
      },
    }),
  );
}

function wordsOf(picked: number, accepted: number): string {
  const said = accepted === 1 ? "1 pair accepted" : `${accepted} pairs accepted`;
  const repeats = picked - accepted;
  return repeats === 0 ? said : `${said}, ${repeats} kept beside their twins`;
}
