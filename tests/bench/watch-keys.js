// Runs in the page: from each key's own time stamp to the frame in which one more image is judged.
// Plain JavaScript, because it goes to the browser as it stands.
const times = [];
window.keyTimes = times;

const judged = () =>
  document.querySelectorAll("[data-place=shown] > [role=grid] [aria-label$=', incorrect']").length;

function afterFrame(then) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  });
}

window.addEventListener(
  "keydown",
  (event) => {
    if (event.code === "Enter") return;
    const before = judged();
    const look = () => {
      if (judged() > before) times.push(performance.now() - event.timeStamp);
      else afterFrame(look);
    };
    afterFrame(look);
  },
  { capture: true },
);
