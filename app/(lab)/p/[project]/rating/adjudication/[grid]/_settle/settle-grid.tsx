"use client";

import { useState } from "react";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import { useKeys } from "@/app/_ui/use-keys";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { DisputedImage } from "./disputed-image";
import { RulingBar } from "./ruling-bar";
import { firstDisputed, reasonOfKey, withReason } from "./rulings";
import type { Decided } from "./settle-draft";
import { type Settling, useSettling } from "./use-settling";

/** A grid with every rater's vote on each image, and the last word on those that are chosen. */
export function SettleGrid({ project, accountId, view }: Settling) {
  const settling = useSettling({ project, accountId, view });
  const { chosen, reasons, setReasons, submit } = settling;
  const [focus, setFocus] = useState(() => firstDisputed(view.images));
  const image = view.images[focus];
  const choose = (verdict: Decided) => {
    if (image) settling.choose(image.imageId, verdict);
  };

  useKeys((key) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[key];
    if (step !== undefined) {
      const to = focus + step;
      return to >= 0 && to < view.images.length ? () => setFocus(to) : null;
    }
    if (key === "j") return () => choose("incorrect");
    if (key === "k") return () => choose("correct");
    if (key === "x") return () => choose(null);
    const reason = reasonOfKey(key);
    if (reason) return () => setReasons(withReason(reasons, reason));
    return key === "Enter" ? submit : null;
  });

  return (
    <main className="flex h-[calc(100dvh-var(--bar)-36px)] min-h-[560px] flex-col gap-2.5 px-6 pt-3 pb-3 max-md:h-auto max-md:px-4">
      <Head project={project} view={view} />
      <ul
        aria-label="Images"
        className="grid min-h-0 flex-1 auto-rows-fr grid-cols-5 gap-2 max-md:flex-none max-md:auto-rows-auto max-md:gap-1"
      >
        {view.images.map((shown, index) => (
          <DisputedImage
            key={shown.imageId}
            image={shown}
            isFocused={index === focus}
            chosen={chosen.get(shown.imageId)}
            onFocus={() => setFocus(index)}
          />
        ))}
      </ul>
      <RulingBar
        image={image}
        concepts={{ a: view.conceptA, b: view.conceptB }}
        raters={view.raters}
        reasons={reasons}
        onReasons={setReasons}
        count={chosen.size}
        busy={settling.isSaving}
        onChoose={choose}
        onDiscard={settling.discard}
        onSave={submit}
      />
    </main>
  );
}

function Head({ project, view }: Omit<Settling, "accountId">) {
  return (
    <div className="flex items-baseline gap-x-4 max-md:flex-wrap">
      <h1 className="text-20">
        <PairName a={view.conceptA} b={view.conceptB} />
      </h1>
      <span className="small-print">
        {view.raters.map(({ name }, index) => `Rater ${index + 1}: ${name}`).join(" · ")} · on an
        image: votes for correct-incorrect
      </span>
      <Link className="link ml-auto text-13" href={`/p/${project}/pairs/${view.pairId}`}>
        Pair
      </Link>
    </div>
  );
}
