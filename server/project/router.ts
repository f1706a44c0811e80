import { router } from "@/server/trpc/init";

export const projectRouter = router({});
