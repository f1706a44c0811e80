// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { RatersField } from "@/app/(lab)/p/[project]/_raters/raters-field";
import { renderPart, typeInto } from "@/tests/support/render";

test.each(["25", "-1", "0", "2.5", ""])("“%s” is said to be no number of raters", async (text) => {
  const onChange = vi.fn();
  const place = await renderPart(<RatersField initial={3} onChange={onChange} />);

  await typeInto(place.querySelector("input"), text);

  expect(place.querySelector("[role=alert]")?.textContent).toBe("A whole number from 1 to 20");
  expect(onChange).toHaveBeenLastCalledWith(null);

  await typeInto(place.querySelector("input"), "20");

  expect(place.querySelector("[role=alert]")).toBeNull();
  expect(onChange).toHaveBeenLastCalledWith(20);
});
