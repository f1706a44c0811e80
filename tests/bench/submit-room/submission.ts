/** The same of every grid: what differs between two submissions is whose they are. */
export const SUBMISSION = {
  guidelineVersion: 0,
  paintedAt: new Date("2026-01-01T10:00:00Z"),
  firstActionAt: new Date("2026-01-01T10:00:01Z"),
  activeMs: 61_000,
};
