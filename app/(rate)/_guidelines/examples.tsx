import { cx } from "@/app/_ui/cx";
import { PromptText } from "@/app/_ui/prompt-text";
import { thumbnail } from "@/app/(rate)/_session/image-address";
import { VERDICT_LOOK } from "@/app/(rate)/rate/[sitting]/_room/verdict-look";
import type { ShownExample } from "@/server/rating/guideline-examples";

/** Example images as raters see them: the prompt, the verdict, why; nothing of where they come from. */
export function Examples({ examples }: { examples: readonly ShownExample[] }) {
  return (
    <ul aria-label="Examples" className="grid grid-cols-3 gap-3 max-[700px]:grid-cols-1">
      {examples.map((example) => (
        <li key={example.imageId}>
          <Example example={example} />
        </li>
      ))}
    </ul>
  );
}

function Example({ example }: { example: ShownExample }) {
  const { imageId, verdict, caption, prompt, conceptA, conceptB } = example;
  const { word, Icon, ink } = VERDICT_LOOK[verdict];
  return (
    <figure className="grid gap-1.5 text-12">
      <img
        src={thumbnail(imageId)}
        alt={`Example, ${word}: ${prompt}`}
        loading="lazy"
        className={cx(
          "aspect-square w-full rounded-2 border-2 bg-surface-well object-contain",
          verdict === "correct" ? "border-good" : "border-bad",
        )}
      />
      <figcaption className="grid gap-1">
        <b className={cx("flex items-center gap-1 [&_svg]:size-4", ink)}>
          <Icon aria-hidden />
          {word}
        </b>
        <span className="text-13 break-words text-ink">{caption}</span>
        <span className="text-ink-3">
          <PromptText text={prompt} a={conceptA ?? ""} b={conceptB ?? ""} />
        </span>
      </figcaption>
    </figure>
  );
}
