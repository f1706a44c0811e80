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
      alt="Four pictures of one prompt at four seeds"
      className="h-auto w-full"
    />
    <figcaption className="mt-2 small-print">
      “a tea cup of iced coke”, drawn by Tiny World at four seeds
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
