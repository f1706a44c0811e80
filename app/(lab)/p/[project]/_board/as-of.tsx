import { TimeAgo } from "@/app/_ui/time-ago";

type AsOfProps = {
  figures: {
    /** null: for the first time. */
    reckonedAt: Date | null;
    isStale: boolean;
  };
};

/** Figures are reckoned apart from the page: of when they are, and whether newer ones are on their way. */
export function AsOf({ figures: { reckonedAt, isStale } }: AsOfProps) {
  return (
    <p className="small-print">
      {reckonedAt ? (
        <>
          {isStale ? "As of" : "Up to date, reckoned"} <TimeAgo at={reckonedAt} />
        </>
      ) : null}
      {/* The time ticks, and is not read out with it. */}
      <span role="status">{isStale ? sayStale(reckonedAt) : ""}</span>
    </p>
  );
}

const sayStale = (reckonedAt: Date | null) =>
  reckonedAt ? "; newer verdicts are being counted" : "Counting all verdicts";
