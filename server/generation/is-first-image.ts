import { sql } from "drizzle-orm";

/** True of the plain image that a method draws before its own: a part of what the second one costs, and no image of the method. */
export const isFirstImage = sql`exists (select 1 from render second where second.first_render_id = render.id)`;
