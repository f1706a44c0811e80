import type { QuickLookKind } from "@/db/enums";

/** Four images fill the screen, twenty share it. */
export const imageOf = (kind: QuickLookKind, imageId: string): string =>
  `/api/images/${imageId}?w=${kind === "precheck" ? 640 : 320}`;
