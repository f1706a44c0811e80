import { seededDraws } from "@/server/mining/domain/random";
import { intervalOfMedian, quantile, rounded } from "./figures";

const RESAMPLES = 2000;
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
 * Both in turn, A B B A, each answering how many it did a second; the first pair warms up and is not counted. The
 * controls are the ratios of neighbouring turns of one side: what differs there is the machine's doing.
 */
export async function inPairs(
  pairs: number,
  subject: () => Promise<number>,
  peer: () => Promise<number>,
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
      console.error(`pair ${pair}, ${isSubject ? "subject" : "peer"}: ${rounded(rate)}/s`);
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
    // Of each side to itself: outside of 0.95 to 1.05 the run says nothing.
    control: rounded(quantile(controls, 0.5), 3),
    target: `>= ${target}`,
    isMet: low >= target,
  };
}
