import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { onTestFinished } from "vitest";

/** Puts a part into a jsdom page; gone when the test is done. */
export async function renderPart(part: ReactNode): Promise<HTMLElement> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  await act(async () => root.render(part));
  onTestFinished(async () => {
    await act(async () => root.unmount());
    place.remove();
  });
  return place;
}

/** A press by pointer or, on a focused button, by Enter or Space: browsers turn both into a click. */
export const press = (element: Element | null) => act(async () => (element as HTMLElement).click());

/** What stands in a field after a person typed. */
export const typeInto = (field: Element | null, text: string) =>
  act(async () => {
    // React hears of a value only through the setter that it has not replaced.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  });
