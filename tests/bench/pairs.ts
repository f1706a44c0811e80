import { seededDraws } from "@/server/mining/domain/random";
import { intervalOfMedian, quantile, rounded } from "./figures";

const RESAMPLES = 10_000;
const TAIL = 0.95;

/** The ratio of two 95th percentiles with its 95 % bootstrap interval, the same for the same times. */
export function intervalOfTails(subject: readonly number[], peer: readonly number[]) {
  const random = seededDraws(subject.length + peer.length);
  const again = (times: readonly number[]) =>
    times.map(() => times[Math.floor(random() * times.length)] ?? Number.NaN);
  const ratio = (one: readonly number[], other: readonly number[]) =>
    quantile(one, TAIL) / quantile(other, TAIL);
  const ratios = Array.from({ length: RESAMPLES }, () => ratio(again(subject), again(peer)));
  return {
    ratio: rounded(ratio(subject, peer), 3),
    low: rounded(quantile(ratios, 0.025), 3),
    high: rounded(quantile(ratios, 0.975), 3),
  };
}

export type Pairs = { ratios: number[]; controls: number[] };

/**
 * Both in turn, A B B A, each answering its figure, such as how many it did a second; the first pair warms up and is not counted. The
 * controls are the ratios of neighbouring turns of one side: what differs there is the machine's doing.
 */
export async function inPairs(
  pairs: number,
  subject: () => Promise<number>,
  peer: () => Promise<number>,
  unit = "/s",
): Promise<Pairs & { subjects: number[]; peers: number[] }> {
  const subjects: number[] = [];
  const peers: number[] = [];
  const turns: { isSubject: boolean; rate: number }[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const rates = new Map<boolean, number>();
    for (const isSubject of pair % 2 === 0 ? [true, false] : [false, true]) {
      const rate = await (isSubject ? subject() : peer());
      rates.set(isSubject, rate);
      turns.push({ isSubject, rate });
      console.error(`pair ${pair}, ${isSubject ? "subject" : "peer"}: ${rounded(rate)}${unit}`);
    }
    if (pair === 0) continue;
    subjects.push(rates.get(true) ?? Number.NaN);
    peers.push(rates.get(false) ?? Number.NaN);
  }
  return {
    subjects,
    peers,
    ratios: subjects.map((rate, at) => rate / (peers[at] ?? Number.NaN)),
    controls: controlsOf(turns.slice(2)),
  };
}

function controlsOf(turns: readonly { isSubject: boolean; rate: number }[]): number[] {
  return turns.flatMap((turn, at) => {
    const next = turns[at + 1];
    return next && next.isSubject === turn.isSubject ? [next.rate / turn.rate] : [];
  });
}

/** Of a side to itself; outside of 0.95 to 1.05 the machine was not steady, and no goal is met, whatever the ratio. */
export function judged(isMet: boolean, control: number) {
  const isSteady = control >= 0.95 && control <= 1.05;
  return {
    control: rounded(control, 3),
    isMet: isSteady && isMet,
    ...(isSteady
      ? {}
      : { void: "The control lies outside of 0.95 to 1.05: this run says nothing" }),
  };
}

/** The line that says whether a goal of throughput is met: at the bad end of the interval. */
export function throughputLine(
  measure: string,
  target: number,
  { ratios, controls, subjects, peers }: Awaited<ReturnType<typeof inPairs>>,
) {
  const { median, low, high } = intervalOfMedian(ratios);
  return {
    measure,
    pairs: ratios.length,
    perSecond: {
      subject: rounded(quantile(subjects, 0.5)),
      peer: rounded(quantile(peers, 0.5)),
    },
    ratio: median,
    low,
    high,
    target: `>= ${target}`,
    ...judged(low >= target, quantile(controls, 0.5)),
  };
}

/** The line that says whether the slower ends of a subject lie low enough beside a peer's: at the bad end, too. */
export function tailsLine(
  target: number,
  { ratios, controls }: Awaited<ReturnType<typeof inPairs>>,
) {
  const { median, low, high } = intervalOfMedian(ratios);
  return {
    pairs: ratios.length,
    ratio: median,
    low,
    high,
    target: `<= ${target}`,
    ...judged(high <= target, quantile(controls, 0.5)),
  };
}
