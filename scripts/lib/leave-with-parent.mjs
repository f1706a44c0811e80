// Loaded into every child of a supervisor (`node --import`): when the supervisor is gone, however
// it went, the channel closes and the child goes too.
const KILL_AFTER_MS = 10_000;

function leave() {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), KILL_AFTER_MS).unref();
  process.kill(process.pid, "SIGTERM");
}

// A child's own children inherit this file as well, but their channels serve other ends.
const isChildOfSupervisor = Number(process.env.TEACUP_SUPERVISOR) === process.ppid;
if (process.channel && isChildOfSupervisor) {
  process.once("disconnect", leave);
  // The channel alone must not keep a finished child alive.
  process.channel.unref();
}
