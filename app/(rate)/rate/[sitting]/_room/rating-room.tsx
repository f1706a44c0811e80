"use client";

import { type SetStateAction, useEffect, useState } from "react";
import { SingleKeys } from "@/app/_ui/single-keys";
import { afterFrame } from "@/app/(rate)/_frame/after-frame";
import { useAfterFrame } from "@/app/(rate)/_frame/use-after-frame";
import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import type { SittingView } from "@/app/(rate)/_session/table";
import { openOf } from "@/server/rating/domain/grid-progress";
import type { RatingCommand } from "@/server/rating/domain/key-map";
import type { RatingPreferences } from "@/server/rating/schemas";
import { FirstLook } from "./first-look";
import { FocusedImage } from "./focused-image";
import { GridStack } from "./grid-stack";
import { EndBar, KeyBar } from "./key-bar";
import { LessonView } from "./lesson-view";
import { obey, submitOrAsk } from "./obey";
import { OneByOne } from "./one-by-one";
import { RoomBar } from "./room-bar";
import { type Layer, RoomLayers } from "./room-layers";
import { RoomNotices } from "./room-notices";
import { ROOM_MAIN, RoomStage } from "./room-stage";
import { TwoVersionsDialog } from "./two-versions-dialog";
import { ONE_BY_ONE, useColumns } from "./use-columns";
import { useKeyLabels } from "./use-key-labels";
import { useNewGuidelines } from "./use-new-guidelines";
import { useOtherTab } from "./use-other-tab";
import { useRatingKeys } from "./use-rating-keys";
import { useSession } from "./use-session";
import { useStretch } from "./use-stretch";

export type RatingRoomProps = { view: SittingView; preferences: RatingPreferences };

const ROOM =
  "grid h-dvh min-h-[700px] grid-rows-[44px_auto_minmax(0,1fr)_40px] overflow-hidden bg-surface-sunken max-[1000px]:h-auto max-[1000px]:min-h-dvh max-[1000px]:grid-cols-[minmax(0,1fr)] max-[1000px]:grid-rows-[auto_auto_minmax(0,1fr)_auto] max-[1000px]:overflow-visible";

export function RatingRoom({ view, preferences }: RatingRoomProps) {
  const session = useSession(view);
  if (session) return <OpenRoom project={view.project} session={session} saved={preferences} />;
  return (
    <div className={ROOM}>
      <span className="border-b border-line bg-surface" />
      <span />
      {view.mode === "full" ? (
        <FirstLook view={view} />
      ) : (
        <RoomStage project={view.project} stage="fetching" refusal={null} onUndo={() => {}} />
      )}
    </div>
  );
}

type OpenRoomProps = { project: string; session: RatingSession; saved: RatingPreferences };

function OpenRoom({ project, session, saved }: OpenRoomProps) {
  // The image that is judged answers a key at once; what stands around it comes a frame later.
  const { table, stage, refusal, isSeatLost, twoVersions, lesson, place } = useAfterFrame(
    session.subscribe,
    session.state,
  );
  const [layer, showLayer] = useState<Layer>(null);
  const news = useNewGuidelines(table);
  const setLayer = (shown: SetStateAction<Layer>) => {
    if (shown === "guidelines") news.markRead();
    showLayer(shown);
  };
  const [preferences, setPreferences] = useState(saved);
  const keys = useKeyLabels(preferences.keyLayout);
  const columns = useColumns();
  const sittingId = table?.view.id ?? null;
  const isOver = stage === "empty" || stage === "refused";
  const open = table ? openOf(table.grid) : [];

  useAddress(sittingId, table?.submitted === "stands");
  const isOpenElsewhere = useOtherTab(sittingId);
  const { isBreakDue, goOn } = useStretch(sittingId);
  const onCommand = (command: RatingCommand) =>
    obey(command, { session, preferences, setLayer, columns });
  useRatingKeys({
    gridId: () => session.state().table?.view.id ?? null,
    choice: preferences,
    isInert: twoVersions !== null || lesson !== null || (layer !== null && layer !== "zoom"),
    onCommand,
    onZoomEnd: () => setLayer((shown) => (shown === "zoom" ? null : shown)),
  });

  return (
    <SingleKeys areOn={preferences.singleKeys}>
      <div className={ROOM}>
        <RoomBar
          place={place}
          grid={table?.grid ?? null}
          isTraining={(lesson?.table ?? table)?.view.isTraining ?? false}
          keys={keys}
          onGuidelines={() => setLayer("guidelines")}
          onKeys={() => setLayer("keys")}
        />
        <RoomNotices
          isSeatLost={isSeatLost}
          isOpenElsewhere={isOpenElsewhere}
          sittingId={sittingId}
          submitted={table?.submitted ?? null}
          isBreakDue={isBreakDue}
          onGoOn={goOn}
          hasNewGuidelines={news.isNew}
          keys={keys}
          onGuidelines={() => setLayer("guidelines")}
          onGuidelinesKnown={news.markRead}
        />
        {lesson ? (
          <LessonView lesson={lesson} onGoOn={session.hasLearnt} />
        ) : table ? (
          <main className={ROOM_MAIN}>
            {columns === ONE_BY_ONE || table.grid.mode === "screen" ? (
              <OneByOne session={session} isNarrow={columns === ONE_BY_ONE} keys={keys} />
            ) : (
              <>
                <GridStack
                  session={session}
                  columns={columns}
                  keys={keys}
                  firstPress={preferences.firstPress}
                />
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
          <RoomStage project={project} stage={stage} refusal={refusal} onUndo={session.undo} />
        )}
        {lesson ? null : isOver ? (
          <EndBar onUndo={session.undo} />
        ) : (
          <KeyBar
            mode={table?.grid.mode ?? "full"}
            notice={table?.grid.notice ?? null}
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
        )}
        <p role="status" aria-live="polite" className="sr-only">
          {table ? `${table.grid.notice.text} ${open.length} of 20 open.` : ""}
        </p>
        {twoVersions ? (
          <TwoVersionsDialog versions={twoVersions} mine="window" onPick={session.pick} />
        ) : null}
        <RoomLayers
          layer={layer}
          onClose={() => setLayer(null)}
          onSubmit={() => onCommand({ type: "submit" })}
          session={session}
          table={table}
          columns={columns}
          keys={keys}
          preferences={preferences}
          onPreferences={setPreferences}
        />
      </div>
    </SingleKeys>
  );
}

/** The address names the grid on the screen, so that a reload comes back to it. */
function useAddress(sittingId: string | null, isAgain: boolean) {
  const address = `/rate/${sittingId}${isAgain ? "?again=1" : ""}`;
  useEffect(
    () =>
      sittingId ? afterFrame(() => window.history.replaceState(null, "", address)) : undefined,
    [sittingId, address],
  );
}
