export type PairNameProps = { a: string; b: string; latent?: string | null };

/** A x B in bold; the third that is expected instead follows in grey. */
export function PairName({ a, b, latent }: PairNameProps) {
  return (
    <span>
      <b>{a}</b>
      <span className="mx-[0.3em] font-normal text-ink-3">×</span>
      <b>{b}</b>
      {latent ? <span className="font-normal text-ink-3"> → {latent}</span> : null}
    </span>
  );
}
