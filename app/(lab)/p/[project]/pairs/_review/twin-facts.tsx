import { LevelChip } from "@/app/_ui/level-chip";
import type { ReviewCase } from "@/server/mining/review/review-case";
import { shownLevel } from "@/server/rating/domain/level";

type Twin = NonNullable<ReviewCase["twin"]>;

export function TwinLevel({ level }: Pick<Twin, "level">) {
  if (!level) return <span className="text-ink-3">Not rated yet</span>;
  const percent = (share: number) => (share * 100).toFixed(1);
  return (
    <span className="flex items-center gap-2">
      <LevelChip level={shownLevel(level)} simulated={level.source === "simulated"} />
      <span>
        {level.generator},{" "}
        <b>
          {level.correct} of {level.rated}
        </b>{" "}
        correct
      </span>
      <span className="small-print">
        {percent(level.low)} to {percent(level.high)} %
      </span>
    </span>
  );
}

export function TwinImages({ imageIds }: Pick<Twin, "imageIds">) {
  if (imageIds.length === 0) return null;
  return (
    <div className="grid max-w-[316px] grid-cols-5 gap-1">
      {imageIds.map((id) => (
        <img
          key={id}
          src={`/api/images/${id}?w=160`}
          alt=""
          className="aspect-square w-full rounded-1 bg-surface-well"
        />
      ))}
    </div>
  );
}
