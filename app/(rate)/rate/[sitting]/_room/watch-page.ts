import type { RatingSession } from "@/app/(rate)/_session/rating-session";

const HEARTBEAT_MS = 60_000;

type Watched = Pick<RatingSession, "pause" | "touch" | "beat" | "nudge" | "goAway" | "comeBack">;

/** Tells a session what becomes of its page. */
export function watchPage(session: Watched): () => void {
  const closing = new AbortController();
  const { signal } = closing;
  const beat = () => {
    // A lost beat is made good by the next one; a lost seat shows at the next answer.
    session.beat().catch(nothing);
  };
  const onVisibility = () => {
    if (document.hidden) return session.pause();
    session.touch();
    // Nothing beat while it was hidden: the seat may be about to go.
    beat();
  };
  document.addEventListener("visibilitychange", onVisibility, { signal });
  window.addEventListener("pointermove", session.touch, { signal, passive: true });
  window.addEventListener("pagehide", session.goAway, { signal });
  window.addEventListener("pageshow", ({ persisted }) => persisted && session.comeBack(), {
    signal,
  });
  const timer = setInterval(() => {
    if (document.hidden) return;
    beat();
    session.nudge();
  }, HEARTBEAT_MS);
  return () => {
    clearInterval(timer);
    closing.abort();
  };
}

const nothing = () => {};
