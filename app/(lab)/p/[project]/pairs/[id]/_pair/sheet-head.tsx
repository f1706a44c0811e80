import { LevelChip } from "@/app/_ui/level-chip";
import { Whisker } from "@/app/_ui/whisker";
import { IMAGES_PER_GRID, levelOf, shownLevel } from "@/server/rating/domain/level";
import { TrivialChip } from "../../_pairs/trivial-chip";
import { automaticWords } from "./automatic-words";
import { levelOfRecord, markedBroken, type Sheet, type SheetLevel, sheetName } from "./detail";

const percent = (share: number) => (share * 100).toFixed(1);

/** Generator and Level of record, with count and interval. */
export function SheetHead({ sheet }: { sheet: Sheet }) {
  const level = levelOfRecord(sheet);
  const others = sheet.levels.filter((other) => other.id !== level?.id);
  return (
    <>
      <div className="mb-2 grid min-h-11 grid-cols-[auto_minmax(0,1fr)_200px] items-center gap-3 max-[700px]:grid-cols-[auto_minmax(0,1fr)]">
        <LevelChip
          level={level ? shownLevel(level) : null}
          size={36}
          simulated={level?.source === "simulated"}
        />
        <div className="min-w-0">
          <h2 className="truncate">
            {sheetName(sheet)}
            {level?.source === "simulated" ? (
              <span className="small-print font-normal"> by the simulated rater</span>
            ) : null}
          </h2>
          <span className="small-print">
            {level ? <LevelWords level={level} /> : <Unrated sheet={sheet} />}{" "}
            {level ? <TrivialChip {...level} /> : null}
          </span>
        </div>
        {level ? <Interval level={level} /> : <span />}
      </div>
      {sheet.audit ? <Audited {...sheet.audit} /> : null}
      {others.length > 0 ? <Others levels={others} /> : null}
      {sheet.automatic.map((tally) => (
        <p key={tally.scorerId} className="mb-2 text-12 text-ink-3">
          {automaticWords(tally, sheet)}
        </p>
      ))}
    </>
  );
}

function LevelWords({ level }: { level: SheetLevel }) {
  return (
    <>
      Level of record:{" "}
      <b>
        {level.correct} of {level.rated}
      </b>{" "}
      correct{level.mode === "screen" ? " when screened" : ""} · {percent(level.low)} to{" "}
      {percent(level.high)} %{level.mode === "full" ? ` · ${rangeOf(level)}` : ""}
    </>
  );
}

/** The Levels that the ends of the interval would give. */
function rangeOf({ low, high }: SheetLevel): string {
  const best = levelOf(Math.ceil(high * IMAGES_PER_GRID));
  const worst = levelOf(Math.floor(low * IMAGES_PER_GRID));
  return best === worst ? `Level ${best}` : `Level ${best} to ${worst}`;
}

function Unrated({ sheet }: { sheet: Sheet }) {
  const drawn = sheet.cells.filter((cell) => cell.imageId !== null).length;
  if (drawn < sheet.cells.length) return `${drawn} of ${sheet.cells.length} images drawn`;
  if (sheet.sittings === 0) return "not rated yet";
  if (markedBroken(sheet) > 0) return "rated, without a Level: an image is broken";
  if (sheet.purpose === "repair") return "rated for a comparison: no Level of record";
  return sheet.levels.length > 0 ? "rated: its Level is not of record" : "rated, no Level yet";
}

function Interval({ level }: { level: SheetLevel }) {
  return (
    <div className="max-[700px]:col-span-full">
      <Whisker
        share={level.correct / level.rated}
        low={level.low}
        high={level.high}
        label="Share of correct images"
      />
      <div className="flex justify-between text-12 text-ink-3">
        <span>0</span>
        <span>correct, 95 %</span>
        <span>100 %</span>
      </div>
    </div>
  );
}

/** Both Levels of a grid that the boundary audit had looked at once more. */
function Audited({ firstLevel, auditedLevel }: NonNullable<Sheet["audit"]>) {
  const said = (level: number | null) => (level === null ? "a tie" : `Level ${level}`);
  return (
    <p className="mb-2 text-12 text-ink-3">
      First look alone: {said(firstLevel)}; with the audit’s second look: {said(auditedLevel)}.
    </p>
  );
}

/** Shown beside the Level of record, never counted into it. */
function Others({ levels }: { levels: readonly SheetLevel[] }) {
  return (
    <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
      Beside it:
      {levels.map((level) => (
        <span key={level.id} className="inline-flex items-center gap-1.5">
          <LevelChip level={shownLevel(level)} simulated={level.source === "simulated"} />
          {level.source === "simulated" ? "simulated rater" : (level.rater ?? level.source)},{" "}
          {level.correct} of {level.rated}
          {level.mode === "screen" ? ", screened" : ""}
        </span>
      ))}
    </p>
  );
}
