import { router } from "@/server/trpc/init";

export const releaseRouter = router({});
