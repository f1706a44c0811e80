import { Check, CircleDashed, LoaderCircle, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { timeLeft } from "@/server/generation/domain/time-left";
import type { RunDetail } from "../types";

export function Progress({ run }: { run: RunDetail }) {
  const each = run.seeds.length;
  const total = run.slots.length;
  const left = timeLeft((run.queued + run.rendering) * each, run.imagesPerMinute);
  return (
    <section aria-label="Progress">
      <div className="flex items-baseline gap-x-3 max-md:flex-wrap">
        <span className="text-26 font-bold tracking-[-0.02em] text-ink">
          {run.done * each} of {total * each} images
        </span>
        <span>
          <Pace run={run} left={left} />
        </span>
      </div>
      <div className="my-2">
        <ProgressBar
          done={run.done}
          active={run.rendering}
          failed={run.failed}
          total={total}
          label={`${run.done} of ${total} renders done`}
        />
      </div>
      <div className="flex flex-wrap gap-[18px] text-12">
        <Count icon={<Check aria-hidden />} count={run.done} word="renders done" />
        <Count icon={<LoaderCircle aria-hidden />} count={run.rendering} word="rendering" />
        <Count icon={<CircleDashed aria-hidden />} count={run.queued} word="queued" />
        {run.failed > 0 ? (
          <span className="text-bad">
            <Count icon={<TriangleAlert aria-hidden />} count={run.failed} word="failed" />
          </span>
        ) : null}
        <span className="text-ink-3">
          {total} in all, {each} images each
        </span>
      </div>
    </section>
  );
}

function Pace({ run, left }: { run: RunDetail; left: string | null }) {
  if (run.state === "cancelled") return "Cancelled; what was drawn stays.";
  if (run.state === "done") return run.failed > 0 ? "Ended, with failures." : "All drawn.";
  if (run.done === 0) return "Waiting for the first image.";
  if (run.imagesPerMinute === null || !left) return "Measuring the pace …";
  return (
    <>
      {paceWords(run.imagesPerMinute)} a minute, <b>{left}</b> left
    </>
  );
}

// A slow generator is told in tenths; of a thousand images nobody reads them.
const paceWords = (perMinute: number) =>
  perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute).toLocaleString("en-GB");

function Count({ icon, count, word }: { icon: ReactNode; count: number; word: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 [&_svg]:size-3.5">
      {icon}
      <b>{count}</b> {word}
    </span>
  );
}
