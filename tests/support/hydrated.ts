import { type Browser, expect, type Locator, type Page } from "@playwright/test";

// Playwright would ask after 0.1, 0.35, 0.85 and 1.85 s, and most pages answer in between.
const OFTEN = [50];

/**
 * From here on a page of this browser that was opened or loaded anew also answers: React has taken over every control in it. On
 * a slow machine the page is there before that, and a box ticked then stays ticked and nobody knows of it.
 */
export function hydratedPages(browser: Browser): Browser {
  const { newContext } = browser;
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options);
    context.on("page", waitForReact);
    return context;
  };
  return browser;
}

function waitForReact(page: Page): void {
  const { goto, reload } = page;
  page.goto = async (url, options) => {
    const response = await goto.call(page, url, options);
    await untilHydrated(page);
    return response;
  };
  page.reload = async (options) => {
    const response = await reload.call(page, options);
    await untilHydrated(page);
    return response;
  };
}

/** Throws with the controls that nobody answers for, if there are still some after a while. */
async function untilHydrated(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(deadControls), {
      message: `React has taken over every control of ${page.url()}`,
      intervals: OFTEN,
    })
    .toEqual([]);
}

function deadControls(): string[] {
  return [...document.querySelectorAll("body :is(a, button, input, select, textarea)")]
    .filter((control) => !Object.keys(control).some((key) => key.startsWith("__reactProps$")))
    .map((control) => control.outerHTML.slice(0, 200));
}

/** For a control that comes later than its page: a press before would be lost. */
export const untilAlive = (control: Locator): Promise<void> =>
  expect
    .poll(
      () =>
        control.evaluate((element) =>
          Object.keys(element).some((key) => key.startsWith("__reactProps$")),
        ),
      { intervals: OFTEN },
    )
    .toBe(true);
