// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, onTestFinished, test, vi } from "vitest";
import { useOtherTab } from "@/app/(rate)/rate/[sitting]/_room/use-other-tab";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Tab() {
  return useOtherTab("one sitting") ? "open elsewhere" : "alone";
}

async function openTab() {
  const place = document.createElement("div");
  const root = createRoot(place);
  await act(async () => root.render(<Tab />));
  return {
    says: (words: string) =>
      vi.waitFor(() => act(async () => expect(place.textContent).toBe(words))),
    close: () => act(async () => root.unmount()),
  };
}

/** What the tabs tell each other from here on. */
function listen(): string[] {
  const channel = new BroadcastChannel("teacup-open-sittings");
  onTestFinished(() => channel.close());
  const heard: string[] = [];
  channel.onmessage = ({ data }) => heard.push(data.says);
  return heard;
}

test("of three tabs of one grid, two still warn when the third is closed, and the last one is alone", async () => {
  const [one, two, three] = [await openTab(), await openTab(), await openTab()];
  for (const tab of [one, two, three]) await tab.says("open elsewhere");
  const heard = listen();

  await three.close();
  await vi.waitFor(() =>
    act(async () => expect(heard.filter((says) => says === "here too")).toHaveLength(2)),
  );
  for (const tab of [one, two]) await tab.says("open elsewhere");

  await two.close();
  await one.says("alone");
  await one.close();
});
