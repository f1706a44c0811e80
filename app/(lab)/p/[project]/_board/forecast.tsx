"use client";

import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import {
  FEWEST_GRIDS,
  FEWEST_MINUTES,
  type Forecast as ForecastFigures,
} from "@/server/project/domain/forecast";
import { many } from "./board-words";

/** What an hour of rating should bring, and what that was computed from. */
export function Forecast({ forecast }: { forecast: ForecastFigures | null }) {
  const [open, setOpen] = useState(false);
  if (!forecast) return null;
  const perHour = roundedTo(forecast.perHour);
  return (
    <>
      <button
        type="button"
        className="text-13 text-ink-3 decoration-line-control underline-offset-3 hover:underline max-[700px]:text-left"
        onClick={() => setOpen(true)}
      >
        Expected: about{" "}
        <b>
          {perHour} Level-5 {forecast.perHour === 1 ? "pair" : "pairs"}
        </b>{" "}
        per rater hour
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="How this is expected">
        <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
          <Row name="Pairs on their way to a Level" value={many(forecast.waits, "pair")} />
          <Row
            name="Of those at Level 5, by the shares of their patterns"
            value={`about ${roundedTo(forecast.expected)}`}
          />
          <Row
            name={`Minutes per grid, mean of the last ${forecast.grids} that people rated`}
            value={forecast.minutesPerGrid.toFixed(1)}
          />
        </dl>
        <p className="mt-3 small-print">
          A pattern with few rated pairs is drawn towards the share of all patterns. Trivial Level 5
          is not counted. Shown from {FEWEST_GRIDS} rated grids and {FEWEST_MINUTES} minutes of
          rating on.
        </p>
      </Dialog>
    </>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="text-right font-bold text-ink">{value}</dd>
    </>
  );
}

// Below ten, one digit after the point still tells something.
const roundedTo = (value: number) =>
  value < 10 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value).toLocaleString("en-GB");
