"use client";

import { useMutation } from "@tanstack/react-query";
import { Archive, Link as LinkIcon, RotateCcw } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { useToast } from "@/app/_ui/toaster";
import { CompleteGrid } from "./complete-grid";
import { type Detail, isRenderNext } from "./detail";
import { ExemplarMenu } from "./exemplar-menu";
import { RenderPair } from "./render-pair";
import { repairAddress } from "./repair-address";

export type PairActionsProps = { project: string; detail: Detail };

/** What can be done with the pair now; the filled button is the next step. */
export function PairActions({ project, detail }: PairActionsProps) {
  const { pair } = detail;
  return (
    <>
      <CopyLink />
      {pair.state === "accepted" ? <ExemplarMenu project={project} detail={detail} /> : null}
      {pair.state === "accepted" || pair.state === "set_aside" ? (
        <SetAside project={project} pair={pair} />
      ) : null}
      <CompleteGrid project={project} detail={detail} />
      <NextStep project={project} detail={detail} />
    </>
  );
}

function CopyLink() {
  const toast = useToast();
  const copy = async () => {
    // A plain-HTTP address of a browser has no clipboard: the address bar still has the link.
    if (!navigator.clipboard) return toast("Copy the link from the address bar.");
    await navigator.clipboard.writeText(window.location.href);
    toast("Link copied");
  };
  return (
    <Button onClick={copy}>
      <LinkIcon aria-hidden />
      Copy link
    </Button>
  );
}

function SetAside({ project, pair }: { project: string; pair: Detail["pair"] }) {
  const trpc = useTRPC();
  const toast = useToast();
  const decide = useMutation(
    trpc.mining.decidePair.mutationOptions({
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const base = { project, pairId: pair.id };
  const takeBack = () => decide.mutate({ ...base, decision: "accept" });
  if (pair.state === "set_aside") {
    return (
      <Button busy={decide.isPending && "Taking it back"} onClick={takeBack}>
        <RotateCcw aria-hidden />
        Take it back
      </Button>
    );
  }
  const setAside = () =>
    decide.mutate(
      { ...base, decision: "set_aside" },
      { onSuccess: () => toast("Pair set aside", { undo: takeBack }) },
    );
  return (
    <Button busy={decide.isPending && "Setting aside"} onClick={setAside}>
      <Archive aria-hidden />
      Set aside
    </Button>
  );
}

function NextStep({ project, detail }: PairActionsProps) {
  const { pair, promptSets, sheets } = detail;
  if (pair.state === "proposed") {
    return (
      <ButtonLink variant="primary" href={`/p/${project}/pairs?view=review`}>
        Review
      </ButtonLink>
    );
  }
  if (pair.state !== "accepted") return null;
  if (pair.promptsState === "queued" || pair.promptsState === "running")
    return <GiveUp project={project} pairId={pair.id} />;
  if (pair.promptsState === "waiting")
    return (
      <>
        <GiveUp project={project} pairId={pair.id} />
        <AskAgain project={project} pairId={pair.id} />
      </>
    );
  if (pair.promptsState === "cancelled" && promptSets.length === 0)
    return <AskAgain project={project} pairId={pair.id} />;
  if (isRenderNext({ pair, promptSets, sheets }))
    return <RenderPair project={project} pairId={pair.id} />;
  if (waitsForRater(detail)) {
    return (
      <ButtonLink variant="primary" href={`/rate?project=${project}`}>
        Rate
      </ButtonLink>
    );
  }
  const repair = repairAddress(project, { pair, sheets });
  return repair ? (
    <ButtonLink variant="primary" href={repair}>
      Repair it: compare generators
    </ButtonLink>
  ) : null;
}

const waitsForRater = ({ sheets, unseen }: Pick<Detail, "sheets" | "unseen">) =>
  unseen.some(({ isOpen }) => isOpen) ||
  sheets.some(({ gridState, levels }) => gridState === "open" && levels.length === 0);

type OnPairProps = { project: string; pairId: string };

function AskAgain({ project, pairId }: OnPairProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const ask = useMutation(
    trpc.mining.requestPrompts.mutationOptions({
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      variant="primary"
      busy={ask.isPending && "Asking"}
      onClick={() => ask.mutate({ project, pairId })}
    >
      <RotateCcw aria-hidden />
      Ask for prompts again
    </Button>
  );
}

function GiveUp({ project, pairId }: OnPairProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const cancel = useMutation(
    trpc.mining.cancelPrompts.mutationOptions({
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      busy={cancel.isPending && "Giving up"}
      onClick={() => cancel.mutate({ project, pairIds: [pairId] })}
    >
      Give up on the prompts
    </Button>
  );
}
