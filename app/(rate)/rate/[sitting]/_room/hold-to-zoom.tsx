import { Key } from "@/app/_ui/key";
import { useSingleKeys } from "@/app/_ui/single-keys";
import type { KeyNames } from "./use-key-labels";

export function HoldToZoom({ keys }: { keys: KeyNames }) {
  if (!useSingleKeys()) return null;
  return (
    <span className="small-print">
      hold <Key>{keys.name("Period")}</Key> for full size
    </span>
  );
}
