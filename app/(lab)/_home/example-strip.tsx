import type { DefaultGenerators } from "@/server/generation/domain/default-generators";
import coke from "./coke.svg";
import juice from "./juice.svg";
import milk from "./milk.svg";
import tinyWorld from "./tiny-world.png";
import wine from "./wine.svg";

/** What a new project's generator draws. */
export function ExampleStrip({ generators }: { generators: DefaultGenerators }) {
  return generators === "tiny-world" ? <TinyWorldStrip /> : <SketchStrip />;
}

/** Drawn by the generator itself (`npm run example`), at the size that it draws. */
const TinyWorldStrip = () => (
  <figure>
    <img
      src={tinyWorld.src}
      width={tinyWorld.width}
      height={tinyWorld.height}
      alt="Two rows of four: a cow at the farm, then the same cow in the savanna"
      className="h-auto w-full"
    />
    <figcaption className="mt-2 small-print">
      “a cow in the savanna” at four seeds: Tiny World draws its farm, and below, with MoCE, the
      savanna
    </figcaption>
  </figure>
);

/** Whatever vessel is asked for: decoration, told in words beside it. */
const SketchStrip = () => (
  <div className="grid grid-cols-4 gap-2">
    {[coke, wine, juice, milk].map((picture) => (
      <img
        key={picture.src}
        src={picture.src}
        alt=""
        className="aspect-square w-full rounded-1 bg-surface-well"
      />
    ))}
  </div>
);
