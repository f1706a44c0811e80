/** Of `total` fair coins: the chance of exactly `count` heads, and of so many or fewer. */
export function binomialHalf(count: number, total: number): { point: number; atMost: number } {
  // By logarithms: 2^-total is no number any more from 1,075 coins on.
  let logPoint = -total * Math.LN2;
  let point = Math.exp(logPoint);
  let atMost = point;
  for (let heads = 1; heads <= count; heads += 1) {
    logPoint += Math.log(total - heads + 1) - Math.log(heads);
    point = Math.exp(logPoint);
    atMost += point;
  }
  return { point, atMost };
}
