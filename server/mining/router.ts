import { router } from "@/server/trpc/init";

export const miningRouter = router({});
