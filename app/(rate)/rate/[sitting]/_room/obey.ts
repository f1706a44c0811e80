import type { RatingSession } from "@/app/(rate)/_session/rating-session";
import { isLoading } from "@/app/(rate)/_session/table";
import { asksWhatStood } from "@/server/rating/domain/grid-progress";
import type { RatingCommand } from "@/server/rating/domain/key-map";
import type { RatingPreferences } from "@/server/rating/schemas";
import type { Layer } from "./room-layers";

type Target = {
  session: RatingSession;
  preferences: RatingPreferences;
  setLayer: (layer: Layer) => void;
  /** How many images stand in a row on this screen. */
  columns: number;
};

/** Does what a key asks for. */
export function obey(command: RatingCommand, target: Target): void {
  const { session } = target;
  const { table } = session.state();
  if (!table && LAYERS.has(command.type)) return;
  if (table && isLoading(table) && LEAVES_UNSEEN.has(command.type)) {
    session.act({ type: "notice", text: "This grid is still loading." });
  } else carryOut(command, target);
}

/** What lies over a grid needs one: asked for too early, it would come up over the next. */
const LAYERS: ReadonlySet<string> = new Set(["guidelines", "zoom", "note", "cannotJudge"]);

/** Nobody leaves by a key what they have not seen; the buttons stay, for an image that never loads. */
const LEAVES_UNSEEN: ReadonlySet<string> = new Set(["later", "cannotJudge", "next", "submit"]);

function carryOut(
  command: RatingCommand,
  { session, preferences, setLayer, columns }: Target,
): void {
  const { firstPress } = preferences;
  switch (command.type) {
    case "press":
    case "toggle":
      session.act({ ...command, firstPress });
      break;
    case "move":
      session.act({ ...command, columns });
      break;
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
