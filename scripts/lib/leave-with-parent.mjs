// Loaded into every child of a supervisor (`node --import`): when the supervisor is gone, however
// it went, the channel closes and the child goes too.
const KILL_AFTER_MS = 5_000;

function leave() {
  setTimeout(() => process.kill(process.pid, "SIGKILL"), KILL_AFTER_MS).unref();
  process.kill(process.pid, "SIGTERM");
}

if (process.channel) {
  process.once("disconnect", leave);
  // The channel alone must not keep a finished child alive.
  process.channel.unref();
}
