import type { Db, DbOrTx } from "@/db/client";
import type { agreementFigures } from "@/db/schema";

/** A page whose figures take seconds where there is much: the worker reckons them, and the page shows what is kept. */
export type KeptPage<Asked extends object, Figures extends object> = {
  table: typeof agreementFigures;
  job: "agreement.reckon" | "metrics.reckon";
  /** What is told when new figures are there. */
  topic: "agreement" | "metrics";
  /** What the figures depend on, told cheaply. Equal words, equal figures. */
  readBasis: (db: DbOrTx, projectId: string) => Promise<string>;
  readAsked: (asked: unknown) => Asked;
  /** Everything the page shows but names, which may change without a figure. */
  reckon: (db: Db, projectId: string, asked: Asked) => Promise<Figures>;
};
