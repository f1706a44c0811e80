import { StateLabel } from "@/app/_ui/state-label";
import { OutsideWords } from "../../_pairs/outside-vocabulary";
import { blockedSheets, type Detail, imagesIn, levelOfRecord } from "./detail";

const REASON_WORDS = {
  same_as_twin: "the same as its twin",
  cannot_be_drawn: "cannot be drawn",
  unclear: "unclear",
  plainly_fine: "plainly fine",
  off_pattern: "off the pattern",
  unsafe: "unsafe",
  other: "other",
} as const;

const hasFailedLook = (looks: Detail["looks"]) =>
  looks.some(({ precheck }) => precheck?.state === "failed") &&
  looks.every(({ precheck }) => !precheck || precheck.state === "failed");

const isComing = (sheets: Detail["sheets"]) =>
  sheets
    .flatMap(({ cells }) => cells)
    .some(({ imageId, state }) => imageId === null && state !== "cancelled");

/** One line on where the pair stands. */
export function PairSub({ project, detail }: { project: string; detail: Detail }) {
  const { pair } = detail;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 max-md:[&>*]:whitespace-normal">
      {pair.latent ? (
        <span>
          Expected to be replaced by <b>{pair.latent}</b>.
        </span>
      ) : null}
      <Standing detail={detail} />
      <OutsideWords project={project} concepts={[pair.conceptA, pair.conceptB]} />
    </span>
  );
}

function Standing({ detail: { pair, promptSets, sheets, looks } }: { detail: Detail }) {
  if (pair.state === "proposed") return <StateLabel kind="waits">Waits for your review</StateLabel>;
  if (pair.state === "rejected") {
    const reason = pair.reasonText ?? (pair.reason ? REASON_WORDS[pair.reason] : "");
    return <StateLabel kind="info">Rejected: {reason}</StateLabel>;
  }
  if (pair.state === "set_aside") {
    return <StateLabel kind="info">Set aside: no longer rendered or rated</StateLabel>;
  }
  if (pair.promptsState === "waiting") {
    return <StateLabel kind="waits">Its prompts wait for you: {pair.promptsReason}</StateLabel>;
  }
  if (sheets.some((sheet) => levelOfRecord(sheet))) {
    return <StateLabel kind="done">Rated</StateLabel>;
  }
  if (promptSets.length === 0 && pair.promptsState === "cancelled") {
    return <StateLabel kind="waits">Its prompts were given up: write them or ask again</StateLabel>;
  }
  if (pair.stage === "precheck" && hasFailedLook(looks)) {
    return <StateLabel kind="failed">Its first look failed: draw it again below</StateLabel>;
  }
  if (pair.stage === "precheck") {
    return <StateLabel kind="rendering">Being drawn for a first look</StateLabel>;
  }
  if (pair.stage === "quick_look") {
    return <StateLabel kind="waits">Waits for a first look</StateLabel>;
  }
  if (promptSets.length === 0) {
    return <StateLabel kind="queued">Prompts are being written</StateLabel>;
  }
  const failed = sheets.flatMap((sheet) => sheet.cells).some((cell) => cell.state === "failed");
  if (failed) return <StateLabel kind="failed">Some images failed; the run says why</StateLabel>;
  if (sheets.length === 0) return <StateLabel kind="waits">Ready to be rendered</StateLabel>;
  const [drawn, wanted] = [imagesIn(sheets), sheets.length * 20];
  if (drawn < wanted && !isComing(sheets)) {
    return (
      <StateLabel kind="waits">
        Its run was cancelled, {drawn} of {wanted} images drawn: Render draws the rest
      </StateLabel>
    );
  }
  if (drawn < wanted) return <StateLabel kind="rendering" />;
  if (blockedSheets(sheets).length > 0) {
    return <StateLabel kind="waits">Rated, but an image is broken: draw it again</StateLabel>;
  }
  return <StateLabel kind="waiting-others">Waits for its rater</StateLabel>;
}
