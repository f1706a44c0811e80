// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { press, renderPart } from "@/tests/support/render";

const named = (words: string) =>
  [...document.querySelectorAll("button")].find((button) => button.textContent === words) ?? null;

async function ask(onConfirm: () => Promise<unknown>) {
  await renderPart(
    <ConfirmDialog
      trigger="Revoke …"
      title="Revoke the token?"
      description="The bridge stops at once."
      confirm="Revoke"
      busy="Revoking"
      onConfirm={onConfirm}
    />,
  );
  await press(named("Revoke …"));
}

test("nothing happens before the question is answered", async () => {
  const onConfirm = vi.fn(async () => undefined);
  await ask(onConfirm);

  expect(document.querySelector("[role=dialog]")?.textContent).toContain("Revoke the token?");
  expect(onConfirm).not.toHaveBeenCalled();
});

test("yes acts once and closes the dialog", async () => {
  const onConfirm = vi.fn(async () => undefined);
  await ask(onConfirm);

  await press(named("Revoke"));

  expect(onConfirm).toHaveBeenCalledTimes(1);
  expect(document.querySelector("[role=dialog]")).toBeNull();
});

test("a failure keeps the dialog open and says what is wrong", async () => {
  await ask(async () => {
    throw new Error("The bridge is in use");
  });

  await press(named("Revoke"));

  expect(document.querySelector("[role=alert]")?.textContent).toBe("The bridge is in use");
});
