import { router } from "@/server/trpc/init";

export const ratingRouter = router({});
