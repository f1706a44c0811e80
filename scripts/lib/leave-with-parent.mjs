// Loaded into every child of a supervisor (`node --import`): when the supervisor is gone, however
// it went, the channel closes and the child goes too.
// As long as a supervisor itself waits for one that drains: open live streams keep the web application for ever.
const KILL_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 1_000;

let isLeaving = false;
function leave() {
  if (isLeaving) return;
  isLeaving = true;
  setTimeout(() => process.kill(process.pid, "SIGKILL"), KILL_AFTER_MS).unref();
  process.kill(process.pid, "SIGTERM");
}

// A child's own children inherit this file as well, but their channels serve other ends.
const supervisor = Number(process.env.TEACUP_SUPERVISOR);
const isChildOfSupervisor = supervisor === process.ppid;
if (process.channel && isChildOfSupervisor) {
  process.once("disconnect", leave);
  // The channel alone must not keep a finished child alive.
  process.channel.unref();
  // Nor is it alone trusted: whoever has another parent now has lost the supervisor.
  setInterval(() => process.ppid !== supervisor && leave(), LOOK_EVERY_MS).unref();
}
