"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { PairName } from "@/app/_ui/pair-name";
import { useToast } from "@/app/_ui/toaster";
import { useKeys } from "@/app/_ui/use-keys";
import type { AdjudicationView } from "@/server/adjudication/get-adjudication";
import type { Ruling } from "@/server/adjudication/schemas";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { DisputedImage } from "./disputed-image";
import { RulingBar } from "./ruling-bar";
import { firstDisputed, notReady, type Reasons, startReasons } from "./rulings";

type Decided = "correct" | "incorrect";

/** A grid with every rater's vote on each image, and the last word on those that are chosen. */
export function SettleGrid({ project, view }: { project: string; view: AdjudicationView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { adjudication } = useTRPCClient();
  const [focus, setFocus] = useState(() => firstDisputed(view.images));
  const [chosen, setChosen] = useState<ReadonlyMap<string, Decided | null>>(new Map());
  const [reasons, setReasons] = useState<Reasons>(startReasons);

  const choose = (verdict: Decided | null) => {
    const image = view.images[focus];
    if (image) setChosen(new Map(chosen).set(image.imageId, verdict));
  };
  const save = useMutation({
    async mutationFn() {
      const { reason, ...others } = reasons;
      if (reason === null) throw new Error("Settled without a reason");
      const rulings = [...chosen].map(
        ([imageId, verdict]): Ruling => ({ imageId, verdict, reason, ...others }),
      );
      const saved = await adjudication.adjudicate.mutate({ project, gridId: view.gridId, rulings });
      const { rows } = await adjudication.list.query({ project });
      return { ...saved, next: rows.find((row) => row.gridId !== view.gridId) };
    },
    async onSuccess({ open, next }) {
      await queries.invalidateQueries(trpc.adjudication.pathFilter());
      setChosen(new Map());
      const pair = `${view.conceptA} × ${view.conceptB}`;
      toast(
        open === 0
          ? `${pair} is settled; its Level follows.`
          : `Saved; ${open} of ${pair} still open.`,
      );
      if (open > 0) return router.refresh();
      const queue = `/p/${project}/rating/adjudication`;
      router.push(next ? `${queue}/${next.gridId}` : queue);
    },
    onError: (error) => toast(error.message, { tone: "bad" }),
  });
  const submit = () => {
    const missing = notReady(chosen.size, reasons);
    if (missing) return toast(missing, { tone: "bad" });
    if (!save.isPending) save.mutate();
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
    return key === "Enter" ? submit : null;
  });

  return (
    <main className="flex h-[calc(100dvh-var(--bar)-36px)] min-h-[560px] flex-col gap-2.5 px-6 pt-3 pb-3">
      <div className="flex items-baseline gap-4">
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
      <ul
        aria-label="Images"
        className="grid min-h-0 flex-1 auto-rows-fr grid-cols-5 gap-2 max-[700px]:gap-1"
      >
        {view.images.map((image, index) => (
          <DisputedImage
            key={image.imageId}
            image={image}
            isFocused={index === focus}
            chosen={chosen.get(image.imageId)}
            onFocus={() => setFocus(index)}
          />
        ))}
      </ul>
      <RulingBar
        image={view.images[focus]}
        concepts={{ a: view.conceptA, b: view.conceptB }}
        raters={view.raters}
        reasons={reasons}
        onReasons={setReasons}
        count={chosen.size}
        busy={save.isPending}
        onChoose={choose}
        onSave={submit}
      />
    </main>
  );
}
