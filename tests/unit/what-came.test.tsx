// @vitest-environment jsdom
import { notifyManager } from "@tanstack/react-query";
import { act } from "react";
import superjson from "superjson";
import { afterEach, expect, test, vi } from "vitest";
import { TrpcProvider } from "@/app/_trpc/client";
import { useWhatCame } from "@/app/(rate)/rate/use-what-came";
import { renderPart } from "@/tests/support/render";

// What an answer changes on the screen is React's to flush, in a test too.
notifyManager.setNotifyFunction((tell) => act(tell));
afterEach(() => vi.unstubAllGlobals());

function Part({ project, seesLevels }: { project: string; seesLevels: boolean }) {
  const found = useWhatCame(project, seesLevels);
  return found ? `${found.words}: ${found.href}` : "nothing";
}

/** With what the server answers of the viewer's last grid. */
async function shown(project: string, comparison: number | null, seesLevels = true) {
  const fetch = vi.fn(async () =>
    Response.json([{ result: { data: superjson.serialize(comparison) } }]),
  );
  vi.stubGlobal("fetch", fetch);
  const place = await renderPart(
    <TrpcProvider>
      <Part project={project} seesLevels={seesLevels} />
    </TrpcProvider>,
  );
  return { place, fetch };
}

test("what came of a comparison's grid stands with the comparison, of any other beside the pairs", async () => {
  const { place } = await shown("tea", 3);
  await vi.waitFor(() =>
    expect(place.textContent).toBe("See the comparison: /p/tea/compare?number=3"),
  );

  const mined = await shown("cups", null);
  await vi.waitFor(() => expect(mined.fetch).toHaveBeenCalled());
  expect(mined.place.textContent).toBe("See the Levels: /p/cups/pairs");
});

test("of an expert's grid nothing is asked, and the expert is led to neither", async () => {
  const { place, fetch } = await shown("bowls", 3, false);

  expect(place.textContent).toBe("nothing");
  expect(fetch).not.toHaveBeenCalled();
});
