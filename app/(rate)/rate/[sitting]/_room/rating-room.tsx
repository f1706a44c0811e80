"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import type { SittingView } from "@/app/(rate)/_session/table";
import { openOf } from "@/server/rating/domain/grid-progress";
import type { CellLoad } from "@/server/rating/domain/grid-state";
import type { RatingPreferences } from "@/server/rating/schemas";
import { FocusedImage } from "./focused-image";
import { KeyBar } from "./key-bar";
import { LeavingGrid } from "./leaving-grid";
import { LessonView } from "./lesson-view";
import { obey, submitOrAsk } from "./obey";
import { RatingGrid } from "./rating-grid";
import { RoomBar } from "./room-bar";
import { type Layer, RoomLayers } from "./room-layers";
import { RoomNotices } from "./room-notices";
import { RoomStage } from "./room-stage";
import { Screening } from "./screening";
import { Stepper } from "./stepper";
import { TwoVersionsDialog } from "./two-versions-dialog";
import { useIsNarrow } from "./use-is-narrow";
import { useKeyLabels } from "./use-key-labels";
import { useOtherTab } from "./use-other-tab";
import { useRatingKeys } from "./use-rating-keys";
import { useSession, useSessionState } from "./use-session";

export type RatingRoomProps = { view: SittingView; preferences: RatingPreferences };

const ROOM =
  "grid h-dvh min-h-[700px] grid-rows-[44px_auto_minmax(0,1fr)_40px] overflow-hidden bg-surface-sunken max-[1000px]:h-auto max-[1000px]:grid-cols-[minmax(0,1fr)] max-[1000px]:grid-rows-[auto] max-[1000px]:overflow-visible";

export function RatingRoom({ view, preferences }: RatingRoomProps) {
  const session = useSession(view);
  if (session) return <OpenRoom session={session} saved={preferences} />;
  return (
    <div className={ROOM}>
      <span className="border-b border-line bg-surface" />
      <span />
      <RoomStage stage="fetching" refusal={null} onUndo={() => {}} />
    </div>
  );
}

function OpenRoom({ session, saved }: { session: RatingSession; saved: RatingPreferences }) {
  const { table, stage, refusal, leaving, isSeatLost, twoVersions, lesson, place } =
    useSessionState(session);
  const [layer, setLayer] = useState<Layer>(null);
  const [preferences, setPreferences] = useState(saved);
  const keys = useKeyLabels(preferences.keyLayout);
  const isNarrow = useIsNarrow();
  const sittingId = table?.view.id ?? null;
  const open = table ? openOf(table.grid) : [];
  const onGrid = useGridActions(session, preferences);

  useAddress(sittingId);
  const isOpenElsewhere = useOtherTab(sittingId);
  useRatingKeys({
    gridId: sittingId,
    choice: preferences,
    isInert: twoVersions !== null || lesson !== null || (layer !== null && layer !== "zoom"),
    onCommand: (command) => obey(command, { session, preferences, setLayer }),
    onZoomEnd: () => setLayer((shown) => (shown === "zoom" ? null : shown)),
  });

  return (
    <div className={ROOM}>
      <RoomBar
        place={place}
        grid={table?.grid ?? null}
        keys={keys}
        onGuidelines={() => setLayer("guidelines")}
        onKeys={() => setLayer("keys")}
      />
      <RoomNotices
        isSeatLost={isSeatLost}
        isOpenElsewhere={isOpenElsewhere}
        sittingId={sittingId}
      />
      {lesson ? (
        <LessonView lesson={lesson} onGoOn={session.hasLearnt} />
      ) : table ? (
        <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_268px] gap-4 px-3 pt-1.5 pb-2 min-[1600px]:grid-cols-[minmax(0,1fr)_420px] min-[1600px]:gap-6 max-[1000px]:grid-cols-1">
          {isNarrow ? (
            <Stepper key={table.view.id} table={table} keys={keys} onAct={session.act} />
          ) : table.grid.mode === "screen" ? (
            <Screening key={table.view.id} table={table} keys={keys} onAct={session.act} />
          ) : (
            <>
              <div className="relative grid min-h-0">
                <RatingGrid table={table} keys={keys} {...onGrid} />
                {leaving?.grid.mode === "full" ? (
                  <LeavingGrid table={leaving} keys={keys} onGone={session.hasLeft} />
                ) : null}
              </div>
              <FocusedImage
                table={table}
                keys={keys}
                firstPress={preferences.firstPress}
                onAct={session.act}
              />
            </>
          )}
        </main>
      ) : (
        <RoomStage stage={stage} refusal={refusal} onUndo={session.undo} />
      )}
      <KeyBar
        mode={table?.grid.mode ?? "full"}
        open={open.length}
        firstOpen={open[0]}
        firstPress={preferences.firstPress}
        keys={keys}
        onUndo={session.undo}
        onLater={session.putOff}
        onCannotJudge={() => table && setLayer("cannotJudge")}
        onNote={() => table && setLayer("note")}
        onSubmit={() => submitOrAsk(session, setLayer)}
      />
      <p role="status" aria-live="polite" className="sr-only">
        {table ? `${table.grid.notice.text} ${open.length} of 20 open.` : ""}
      </p>
      {twoVersions ? <TwoVersionsDialog versions={twoVersions} onPick={session.pick} /> : null}
      <RoomLayers
        layer={layer}
        onClose={() => setLayer(null)}
        session={session}
        table={table}
        keys={keys}
        preferences={preferences}
        onPreferences={setPreferences}
      />
    </div>
  );
}

/** Stable from one key to the next, so that only the cell that changed is drawn again. */
function useGridActions(session: RatingSession, { firstPress }: RatingPreferences) {
  const onFocus = useCallback((index: number) => session.act({ type: "focus", index }), [session]);
  const onLoad = useCallback(
    (index: number, load: CellLoad) => session.act({ type: "load", index, load }),
    [session],
  );
  const onFlag = useCallback(
    (index: number) => session.act({ type: "flagBroken", index }),
    [session],
  );
  const onPress = useCallback(
    (index: number) => session.act({ type: "press", index, firstPress }),
    [session, firstPress],
  );
  return useMemo(() => ({ onPress, onFocus, onLoad, onFlag }), [onPress, onFocus, onLoad, onFlag]);
}

/** The address names the grid on the screen, so that a reload comes back to it. */
function useAddress(sittingId: string | null) {
  useEffect(() => {
    if (sittingId) window.history.replaceState(null, "", `/rate/${sittingId}`);
  }, [sittingId]);
}
