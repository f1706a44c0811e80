// @vitest-environment jsdom
import { act } from "react";
import { expect, test } from "vitest";
import { RevisionForm } from "@/app/(lab)/p/[project]/generators/_form/revision-form";
import type { KnownSettings } from "@/app/(lab)/p/[project]/generators/_form/use-revision-draft";
import type { ListedEndpoint } from "@/server/generation/read-endpoints";
import { MOCE_OFFER } from "@/tests/support/moce-offer";
import { renderPart, typeInto } from "@/tests/support/render";

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

const side = (only: number) => ({ minimum: 64, maximum: only, default: only });
const drawing = (name: string, size: number): ListedEndpoint => ({
  name,
  offer: {
    ...MOCE_OFFER,
    settings: { type: "object", properties: { width: side(size), height: side(size) } },
  },
  tags: false,
  servers: [],
});

/** A form that begins at an endpoint of 1024 pixels, with one of 64 and one of 512 to choose. */
async function formOfThree(parameters: KnownSettings["parameters"]) {
  const place = await renderPart(
    <RevisionForm
      served={[drawing("large", 1024), drawing("small", 64), drawing("middle", 512)]}
      known={{ endpointName: "large", method: "moce", parameters }}
      submit="Register the generator"
      busy={false}
      problem={undefined}
      backHref="/p/everyday/generators"
      onSubmit={() => {}}
    />,
  );
  const control = (name: string) => {
    const label = [...place.querySelectorAll("label")].find(
      ({ textContent }) => textContent === name,
    );
    return document.getElementById(label?.htmlFor ?? "") as HTMLInputElement;
  };
  const width = () => control("Width, pixels").value;
  const choose = (endpoint: string) =>
    act(async () => {
      const select = control("Endpoint");
      select.value = endpoint;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
  return { width, choose, type: (text: string) => typeInto(control("Width, pixels"), text) };
}

test("a size that nobody chose is the chosen endpoint's own", async () => {
  const { width, choose } = await formOfThree({});
  expect(width()).toBe("1024");
  await choose("small");
  expect(width()).toBe("64");
  await choose("middle");
  expect(width()).toBe("512");
});

test("a size that was chosen stays at another endpoint that draws it, and at no other", async () => {
  const { width, choose, type } = await formOfThree({});
  await type("256");
  await choose("middle");
  expect(width()).toBe("256");
  await choose("small");
  expect(width()).toBe("64");
});

test("a revision's size stays comparable where its endpoint is exchanged for one that draws it", async () => {
  const { width, choose } = await formOfThree({ width: 64, height: 64 });
  await choose("middle");
  expect(width()).toBe("64");
});
