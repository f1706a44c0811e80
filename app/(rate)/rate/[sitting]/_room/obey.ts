import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import { asksWhatStood } from "@/server/rating/domain/grid-progress";
import type { RatingCommand } from "@/server/rating/domain/key-map";
import type { RatingPreferences } from "@/server/rating/schemas";
import type { Layer } from "./room-layers";

type Target = {
  session: RatingSession;
  preferences: RatingPreferences;
  setLayer: (layer: Layer) => void;
};

/** Does what a key asks for. */
export function obey(command: RatingCommand, { session, preferences, setLayer }: Target): void {
  const { firstPress } = preferences;
  switch (command.type) {
    case "press":
    case "toggle":
      session.act({ ...command, firstPress });
      break;
    case "move":
    case "redo":
    case "mark":
    case "say":
      session.act(command);
      break;
    case "flagBroken":
      session.flagFocused();
      break;
    case "rest":
      if (session.asksRest()) setLayer("rest");
      break;
    case "previous":
      session.goToPrevious();
      break;
    case "next":
      session.goToNext();
      break;
    case "submit":
      submitOrAsk(session, setLayer);
      break;
    case "undo":
      session.undo();
      break;
    case "later":
      session.putOff();
      break;
    case "keys":
    case "guidelines":
    case "zoom":
    case "note":
    case "cannotJudge":
      setLayer(command.type);
      break;
  }
}

/** A finished grid goes at once, unless there is something left to ask about it. */
export function submitOrAsk(session: RatingSession, setLayer: (layer: Layer) => void): void {
  const { table } = session.state();
  if (table && asksWhatStood(table.grid)) setLayer("seenInstead");
  else session.submit();
}
