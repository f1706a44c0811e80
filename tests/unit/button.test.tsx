// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { Button } from "@/app/_ui/button";
import { press, renderPart } from "@/tests/support/render";

test("a button that is not ready can be focused, says why and does not act", async () => {
  const onClick = vi.fn();
  const place = await renderPart(
    <Button notReady="Type a name first" onClick={onClick}>
      Create
    </Button>,
  );
  const button = place.querySelector("button")!;

  button.focus();
  await press(button);

  expect(document.activeElement).toBe(button);
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const reason = document.getElementById(button.getAttribute("aria-describedby")!);
  expect(reason?.textContent).toBe("Type a name first");
  expect(onClick).not.toHaveBeenCalled();
});

test("a busy button shows its words and a second press does nothing, not even submit", async () => {
  const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
  const place = await renderPart(
    <form onSubmit={onSubmit}>
      <Button type="submit" busy="Saving, 2 s">
        Save
      </Button>
    </form>,
  );

  await press(place.querySelector("button"));

  expect(place.textContent).toBe("Saving, 2 s");
  expect(onSubmit).not.toHaveBeenCalled();
});

test("a ready button acts once a press", async () => {
  const onClick = vi.fn();
  const place = await renderPart(<Button onClick={onClick}>Save</Button>);

  await press(place.querySelector("button"));

  expect(onClick).toHaveBeenCalledTimes(1);
});
