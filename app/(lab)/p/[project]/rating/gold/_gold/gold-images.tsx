import { cx } from "@/app/_ui/cx";
import { VERDICT_LOOK } from "@/app/(rate)/rate/[sitting]/_room/verdict-look";
import type { GoldGrid } from "@/server/rating/show-gold";
import type { Answer } from "./edit-answer";

export type GoldImagesProps = {
  images: GoldGrid["images"];
  /** In the order of the images. */
  answers: readonly Answer[];
  chosen: string | null;
  onChoose: (imageId: string) => void;
};

export function GoldImages({ images, answers, chosen, onChoose }: GoldImagesProps) {
  return (
    <ul aria-label="Images" className="grid grid-cols-10 gap-2 max-[1000px]:grid-cols-5">
      {images.map((image, index) => (
        <li key={image.imageId}>
          <Image
            image={image}
            answer={answers[index]}
            isChosen={image.imageId === chosen}
            onChoose={() => onChoose(image.imageId)}
          />
        </li>
      ))}
    </ul>
  );
}

type ImageProps = {
  image: GoldGrid["images"][number];
  answer: Answer | undefined;
  isChosen: boolean;
  onChoose: () => void;
};

function Image({ image, answer, isChosen, onChoose }: ImageProps) {
  const { word, Icon, ink } = VERDICT_LOOK[answer?.verdict ?? "unrated"];
  const missed = image.missed > 0 ? `${image.missed} missed` : "";
  const explained = answer?.explanation ? "explained" : "";
  const notes = [missed, explained].filter(Boolean).join(", ");
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      aria-label={[`Image ${image.position}`, word, notes].filter(Boolean).join(", ")}
      title={image.prompt}
      onClick={onChoose}
      className={cx(
        "grid w-full gap-1 rounded-2 border p-1 text-left text-12",
        isChosen ? "border-accent" : "border-line hover:border-line-control",
      )}
    >
      <img
        src={`/api/images/${image.imageId}?w=160`}
        alt=""
        loading="lazy"
        className="aspect-square w-full rounded-1 bg-surface-well object-contain"
      />
      <span className={cx("flex items-center gap-1 [&_svg]:size-4", ink)}>
        <Icon aria-hidden />
        {word}
      </span>
      {notes ? <span className="text-ink-2">{notes}</span> : null}
    </button>
  );
}
