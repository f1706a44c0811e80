import { StateLabel } from "@/app/_ui/state-label";

type Props = { by: "score" | "judge"; row: { steered: boolean; trained: boolean } };

/** A figure about what a method was steered or trained by says nothing for that method. */
export const NoEvidence = ({ by, row }: Props) =>
  row.steered ? (
    <StateLabel kind="near-limit">
      {row.trained ? `Trained on this ${by}` : `Steered by this ${by}`}: no evidence
    </StateLabel>
  ) : null;
