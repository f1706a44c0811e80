// @vitest-environment jsdom
import { expect, test } from "vitest";
import { RevisionForm } from "@/app/(lab)/p/[project]/generators/_form/revision-form";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import { MOCE_OFFER } from "@/tests/support/moce-offer";
import { renderPart } from "@/tests/support/render";

const NOTE = "Decorrelation is not among these: it needs a gradient, which this endpoint has not.";

async function formFor(offer: ListedEndpoint["offer"]) {
  const place = await renderPart(
    <RevisionForm
      served={[{ name: "tiny-world-moce", offer, tags: false, servers: [] }]}
      known={{ endpointName: "tiny-world-moce", method: "moce", parameters: {} }}
      submit="Register the generator"
      busy={false}
      problem={undefined}
      backHref="/p/everyday/generators"
      onSubmit={() => {}}
    />,
  );
  const label = [...place.querySelectorAll("label")].find(
    ({ textContent }) => textContent === "Method",
  );
  const select = document.getElementById(label?.htmlFor ?? "");
  return document.getElementById(select?.getAttribute("aria-describedby") ?? "")?.textContent;
}

test("whoever chooses a method is told what the endpoint says of those that it has not", async () => {
  expect(await formFor({ ...MOCE_OFFER, note: NOTE })).toBe(NOTE);
});

test("an endpoint that says nothing of it leaves nothing beside its methods", async () => {
  expect(await formFor(MOCE_OFFER)).toBeUndefined();
});

test("an endpoint whose methods are not known yet says so", async () => {
  expect(await formFor(null)).toBe("Its bridge has not told what it offers.");
});
