import { useSingleKeys } from "@/app/_ui/single-keys";

export type CellNameProps = { index: number; keyName: string; className: string };

/** The key that judges an image; its number once single keys are switched off, for then no key does. */
export function CellName({ index, keyName, className }: CellNameProps) {
  const singleKeys = useSingleKeys();
  if (!singleKeys) return <b className="text-13">{index + 1}</b>;
  return <kbd className={className}>{keyName}</kbd>;
}
