import { TimeAgo } from "@/app/_ui/time-ago";
import { judgeWords } from "../../../_board/judge-words";
import type { Detail, SheetLevel } from "./detail";
import { pairWords } from "./history-words";

const verdictOf = (level: SheetLevel): string =>
  level.level === null ? "at most 4, screened" : `Level ${level.level}`;

/** Who decided what, and the looks and ratings as they came. */
export function History({ detail: { pair, history, unlevelled, sheets } }: { detail: Detail }) {
  const levels = sheets.flatMap((sheet) =>
    sheet.levels.map((level) => ({
      id: level.id,
      at: level.createdAt,
      by: judgeWords(level),
      what: `rated ${sheet.generator}: ${verdictOf(level)}, ${level.correct} of ${level.rated}`,
    })),
  );
  const without = unlevelled.map(({ id, at, by, isSimulated, generator, broken }) => ({
    id,
    at,
    by: isSimulated ? "Simulated rater" : by,
    what: `rated ${generator} without a Level: ${broken === 1 ? "1 image is" : `${broken} images are`} broken`,
  }));
  const decided = history.map(({ id, at, by, action }) => ({
    id,
    at,
    by,
    what: pairWords(action, by),
  }));
  const created = { id: "created", at: pair.createdAt, by: null, what: "The pair came into being" };
  const events = [...levels, ...without, ...decided, created].sort(
    (a, b) => b.at.getTime() - a.at.getTime(),
  );
  return (
    <section className="mb-5">
      <h2 className="mb-1.5">History</h2>
      <ul className="divide-y divide-line text-12">
        {events.map((event) => (
          <li key={event.id} className="flex gap-3 py-1.5">
            <span>
              {event.by ? <b>{event.by} </b> : null}
              {event.what}
            </span>
            <span className="ml-auto whitespace-nowrap text-ink-3">
              <TimeAgo at={event.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
