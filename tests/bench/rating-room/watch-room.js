// Runs in the page before any of its own scripts. Plain JavaScript, because it goes to the browser as
// it stands. What it finds lies in `window.watched`.
const watched = {
  /** From the key that sent a grid to the frame that shows the next one, all its images decoded. */
  submits: [],
  /** The longest event of each interaction: { ms, code }. */
  interactions: new Map(),
  /** Which key came when. */
  codes: new Map(),
  /** `counted` as CLS does: not what moves within 500 ms of a key; `moved` says how often what moved. */
  shifts: { counted: 0, all: 0, ofGrids: 0, moved: {} },
  paint: null,
};
window.watched = watched;
// The default keeps 250 resources: fewer than the images of thirteen grids.
performance.setResourceTimingBufferSize(20_000);

const shownGrid = () => document.querySelector("[data-place=shown] [role=grid]");
const firstImage = () => shownGrid()?.querySelector("img")?.src;

const elementOf = (node) => (node instanceof Element ? node : (node?.parentElement ?? null));

function nameOf(element) {
  const part = element?.closest("[role=grid], aside, header, footer, main");
  return `${part?.role ?? part?.localName} > ${element?.localName}`;
}

function afterFrame(then) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  });
}

async function timeNext(since, left) {
  const images = [...shownGrid().querySelectorAll("img")];
  await Promise.all(images.map((image) => image.decode()));
  afterFrame(() => watched.submits.push({ ms: performance.now() - since, left }));
}

window.addEventListener(
  "keydown",
  (event) => {
    watched.codes.set(event.timeStamp, event.code);
    if (event.code !== "Enter") return;
    const left = firstImage();
    const look = () => {
      const image = firstImage();
      if (image && image !== left) void timeNext(event.timeStamp, left);
      else requestAnimationFrame(look);
    };
    // The first look comes once the page has answered the key itself.
    const channel = new MessageChannel();
    channel.port1.onmessage = look;
    channel.port2.postMessage(null);
  },
  { capture: true },
);

new PerformanceObserver((list) => {
  for (const {
    interactionId,
    duration,
    startTime,
    name,
    processingStart,
    processingEnd,
  } of list.getEntries()) {
    if (!interactionId) continue;
    const before = watched.interactions.get(interactionId);
    if (before && before.ms >= duration) continue;
    watched.interactions.set(interactionId, {
      ms: duration,
      code: watched.codes.get(startTime) ?? name,
      waited: processingStart - startTime,
      handled: processingEnd - processingStart,
    });
  }
}).observe({ type: "event", durationThreshold: 16, buffered: true });

new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    watched.shifts.all += value;
    const moved = sources.map(({ node }) => elementOf(node));
    if (moved.some((element) => element?.closest("[role=grid]"))) watched.shifts.ofGrids += value;
    for (const name of moved.map(nameOf)) {
      watched.shifts.moved[name] = (watched.shifts.moved[name] ?? 0) + 1;
    }
    if (!hadRecentInput) watched.shifts.counted += value;
  }
}).observe({ type: "layout-shift", buffered: true });

new PerformanceObserver((list) => {
  for (const { startTime, element, url } of list.getEntries()) {
    watched.paint = { ms: startTime, what: element?.tagName ?? "", url };
  }
}).observe({ type: "largest-contentful-paint", buffered: true });
