import coke from "./coke.svg";
import juice from "./juice.svg";
import milk from "./milk.svg";
import wine from "./wine.svg";

/** What a generator draws whatever vessel it is asked for: decoration, told in words beside it. */
export function ExampleStrip() {
  return (
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
}
