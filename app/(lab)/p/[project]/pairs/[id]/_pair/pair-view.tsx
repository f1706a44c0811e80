"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { PageHead } from "@/app/_ui/page-head";
import { PairName } from "@/app/_ui/pair-name";
import { BrokenSheets } from "./broken-sheets";
import { BroughtIn } from "./brought-in";
import { Chain } from "./chain";
import { isRenderNext, recordFirst } from "./detail";
import { Exchanges } from "./exchanges";
import { History } from "./history";
import { Looks } from "./looks";
import { PairActions } from "./pair-actions";
import { PairSub } from "./pair-sub";
import { Prompts } from "./prompts";
import { ProposerAdds } from "./proposer-adds";
import { SeenInstead } from "./seen-instead";
import { Sheets } from "./sheets";
import { Unseen } from "./unseen";

export type PairViewProps = { project: string; pairId: string };

export function PairView({ project, pairId }: PairViewProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.mining.pairDetail.queryOptions({ project, pairId }));
  useLive(project, () => {
    void queryClient.invalidateQueries(trpc.mining.pairDetail.queryFilter({ project, pairId }));
    void queryClient.invalidateQueries(trpc.generation.previewRun.pathFilter());
  });
  const { pair } = data;
  const below = (
    <>
      <SeenInstead project={project} detail={data} />
      <Looks project={project} detail={data} />
      <Prompts project={project} detail={data} />
      <ProposerAdds project={project} detail={data} />
      <BroughtIn detail={data} />
      <Exchanges project={project} detail={data} />
      <History detail={data} />
    </>
  );

  return (
    <>
      <PageHead
        title={<PairName a={pair.conceptA} b={pair.conceptB} latent={pair.latent} />}
        sub={<PairSub project={project} detail={data} />}
        actions={<PairActions project={project} detail={data} />}
      />
      <Chain project={project} detail={data} />
      <BrokenSheets project={project} detail={data} />
      <Unseen project={project} detail={data} />
      <Sheets sheets={recordFirst(data.sheets)} beside={below} isRenderNext={isRenderNext(data)} />
    </>
  );
}
