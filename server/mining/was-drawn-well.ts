import { inArray, type SQL, sql } from "drizzle-orm";
import { pairLevels } from "@/db/schema";
import { FINE_WITHIN_IMAGES, LEVELS_FINE } from "./domain/drawn-well";

/** `isDrawnWell` in SQL; false, not null, where there is no Level, so that it can be negated. */
export const wasDrawnWell = (): SQL =>
  sql`(case when ${pairLevels.level} is null then ${pairLevels.rated} <= ${FINE_WITHIN_IMAGES}
    else ${inArray(pairLevels.level, [...LEVELS_FINE])} end) is true`;
