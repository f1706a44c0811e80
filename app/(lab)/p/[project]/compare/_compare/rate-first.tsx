import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";

/** Stands where a pair's images would, as long as the viewer may still be handed its grids. */
export function RateFirst({ onShow }: { onShow: () => void }) {
  return (
    <div className="col-span-2 grid content-center justify-items-start gap-3 rounded-1 border border-dashed border-line-control p-5 text-13">
      <p>Rate first: seen by name, these images would bias your verdict.</p>
      <span className="flex flex-wrap gap-2">
        <ButtonLink href="/rate">Rate</ButtonLink>
        <Button variant="quiet" onClick={onShow}>
          Show anyway
        </Button>
      </span>
    </div>
  );
}
