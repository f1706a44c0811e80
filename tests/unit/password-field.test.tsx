// @vitest-environment jsdom
import { expect, test } from "vitest";
import { PasswordField } from "@/app/(door)/_door/password-field";
import { Password } from "@/server/auth/schemas";
import { renderPart, typeInto } from "@/tests/support/render";

test.each([11, 12, 200, 201])(
  "a password of %i characters is ticked just where the server takes it",
  async (length) => {
    const place = await renderPart(<PasswordField label="Password" error="Not taken" />);

    await typeInto(place.querySelector("input"), "x".repeat(length));

    const isTaken = Password.safeParse("x".repeat(length)).success;
    expect(place.querySelector("svg") !== null).toBe(isTaken);
    expect(place.querySelector("[role=alert]")?.textContent).toBe(
      isTaken ? undefined : "Not taken",
    );
  },
);

test("a password that is too long is told its limit while it is typed", async () => {
  const place = await renderPart(<PasswordField label="Password" />);

  await typeInto(place.querySelector("input"), "x".repeat(250));

  expect(place.textContent).toContain("250 characters. At most 200, please.");
});
