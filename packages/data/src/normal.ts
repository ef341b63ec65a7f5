const { abs, sqrt, LN2, SQRT1_2 } = Math;

/**
 * The quantile function of the standard normal distribution, computed with + − × ÷ and √ alone. IEEE 754 fixes their
 * results to the bit, whereas Math.log, Math.exp and Math.cos may differ between JavaScript engines: normal numbers are
 * therefore the same on every machine.
 *
 * Source: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988),
 * routine PPND7, relative accuracy about 1e-7 (a float32 resolves 6e-8). Its third branch, for probabilities below e⁻²⁵,
 * cannot be reached from 32 random bits.
 *
 * @param probability strictly between e⁻²⁵ and 1 − e⁻²⁵
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const r = sqrt(-naturalLogarithm(q < 0 ? probability : 1 - probability)) - 1.6;
  const x =
    (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
    ((0.12021132975 * r + 0.7370016425) * r + 1);
  return q < 0 ? -x : x;
}

/** ln of a number in (0, 1]: ln(m · 2⁻ᵉ) = 2 artanh((m − 1) / (m + 1)) − e ln 2 with m in [√½, √2), to about 1e-14. */
function naturalLogarithm(value: number): number {
  let mantissa = value;
  let exponent = 0;
  for (; mantissa < SQRT1_2; mantissa *= 2) exponent++;
  const z = (mantissa - 1) / (mantissa + 1); // |z| ≤ 0.1716
  const s = z * z;
  let series = 0;
  for (let power = 15; power >= 1; power -= 2) series = series * s + 1 / power;
  return 2 * z * series - exponent * LN2;
}
