import { router } from "@/server/trpc/init";

export const systemRouter = router({});
