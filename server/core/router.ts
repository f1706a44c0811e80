import { router, signedInProcedure } from "@/server/trpc/init";
import { showSystemState } from "./show-system-state";

export const systemRouter = router({
  state: signedInProcedure.query(({ ctx }) => showSystemState(ctx)),
});
