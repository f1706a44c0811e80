// Runs in Label Studio's page before any of its own scripts: from the submit key to the frame that shows
// the next task's image, decoded. Its image comes as a blob, a new one for every task.
const stream = {
  submits: [],
  image: () =>
    [...document.querySelectorAll("img")].find(
      ({ src, complete, naturalWidth }) => src.startsWith("blob:") && complete && naturalWidth > 0,
    ) ?? null,
};
window.stream = stream;

async function timeTask(image, since) {
  await image.decode();
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => stream.submits.push(performance.now() - since);
    channel.port2.postMessage(null);
  });
}

window.addEventListener(
  "keydown",
  (event) => {
    if (event.code !== "Enter" || !event.ctrlKey) return;
    const left = stream.image()?.src;
    const look = () => {
      const image = stream.image();
      if (image && image.src !== left) void timeTask(image, event.timeStamp);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  },
  { capture: true },
);
