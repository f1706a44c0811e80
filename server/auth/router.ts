import { router } from "@/server/trpc/init";

export const authRouter = router({});
