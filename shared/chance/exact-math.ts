/*
 * exp, ln and the normal distribution from + - * / and sqrt alone. IEEE 754 fixes those to the last bit, while engines are free
 * in Math.exp and Math.log; with these kernels a seed gives the same samples on every machine.
 */

const words = new Uint32Array(2)
const double = new Float64Array(words.buffer)
/** Which half of a double holds the exponent: 1 on every little-endian machine. */
const HIGH = (() => {
  double[0] = 1
  return words[1] === 0x3ff00000 ? 1 : 0
})()
const LOW = 1 - HIGH

const LN2_HIGH = 6.9314718036912381649e-1
const LN2_LOW = 1.90821492927058770002e-10
const LOG2_E = 1.442695040888963387

/** 2^k for k = -1074 … 1023, built by doubling, so exact. */
const POWERS_OF_TWO = (() => {
  const powers = new Float64Array(2098)
  let up = 1
  for (let k = 0; k <= 1023; k++, up *= 2) powers[k + 1074] = up
  let down = 1
  for (let k = 0; k >= -1074; k--, down /= 2) powers[k + 1074] = down
  return powers
})()

/** e^x within 1 unit in the last place (reduction by ln 2, then the rational form of FreeBSD's e_exp.c). exact(1) = 2.718281828459045. */
export function exactExp(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY
  if (x < -745.1332191019411) return 0
  if (x !== x) return Number.NaN
  if (x === 1) return Math.E
  const k = Math.floor(x * LOG2_E + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))))
  const y = 1 - (low - (r * c) / (2 - c) - high)
  if (k > 1023) return y * 2 * POWERS_OF_TWO[k + 1073]!
  if (k < -1021) return y * POWERS_OF_TWO[k + 1074 + 60]! * POWERS_OF_TWO[1014]!
  return y * POWERS_OF_TWO[k + 1074]!
}

/** Natural logarithm within 1 unit in the last place (FreeBSD's e_log.c). Below 0: NaN; 0: -Infinity. */
export function exactLog(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  let k = 0
  double[0] = x
  if (words[HIGH]! < 0x00100000) {
    double[0] = x * 18014398509481984
    k = -54
  }
  let high = words[HIGH]!
  const low = words[LOW]!
  k += (high >>> 20) - 1023
  high &= 0xfffff
  const shift = (high + 0x95f64) & 0x100000
  words[HIGH] = high | (shift ^ 0x3ff00000)
  words[LOW] = low
  k += shift >>> 20
  const f = double[0]! - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const r =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1)) +
    z *
      (6.66666666666673513e-1 +
        w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f)
}

/** x^y: whole powers by squaring, others through exp and ln (relative error about 1e-16 times |y ln x|). */
export function exactPower(x: number, y: number): number {
  if (y === 0) return 1
  if (y === 0.5 && x >= 0) return Math.sqrt(x)
  if (Number.isInteger(y) && Math.abs(y) <= 1024) {
    let result = 1
    let base = x
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= base
      base *= base
    }
    return y < 0 ? 1 / result : result
  }
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.NaN
    const size = exactExp(y * exactLog(-x))
    return y % 2 === 0 ? size : -size
  }
  return exactExp(y * exactLog(x))
}

/** z with Phi(z) = p: Wichura's algorithm AS241 (PPND16), about 1e-16 relative. normalQuantile(0.9) = 1.2815515655446004. */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  return q <= 0.425 && q >= -0.425 ? middleQuantile(q) : tailQuantile(p)
}

/** Apart from the tails so that engines copy it into the loops that draw; q = p - 1/2, at most 0.425 from 0. */
function middleQuantile(q: number): number {
  const r = 0.180625 - q * q
  return (
    (q *
      (((((((r * 2509.0809287301226727 + 33430.575583588128105) * r + 67265.770927008700853) * r +
        45921.953931549871457) *
        r +
        13731.693765509461125) *
        r +
        1971.5909503065514427) *
        r +
        133.14166789178437745) *
        r +
        3.387132872796366608)) /
    (((((((r * 5226.495278852545925 + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) *
      r +
      5394.1960214247511077) *
      r +
      687.1870074920579083) *
      r +
      42.313330701600911252) *
      r +
      1)
  )
}

function tailQuantile(p: number): number {
  const q = p - 0.5
  const tail = q < 0 ? p : 1 - p
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number.NaN
  let r = Math.sqrt(-exactLog(tail))
  let size: number
  if (r <= 5) {
    r -= 1.6
    size =
      (((((((r * 7.7454501427834140764e-4 + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
        1.27045825245236838258) *
        r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
        1.42343711074968357734) /
      (((((((r * 1.05075007164441684324e-9 + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
        0.14810397642748007459) *
        r +
        0.68976733498510000455) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
        1)
  } else {
    r -= 5
    size =
      (((((((r * 2.01033439929228813265e-7 + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
        0.026532189526576123093) *
        r +
        0.29656057182850489123) *
        r +
        1.7848265399172913358) *
        r +
        5.4637849111641143699) *
        r +
        6.6579046435011037772) /
      (((((((r * 2.04426310338993978564e-15 + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
        7.868691311456132591e-4) *
        r +
        0.0148753612908506148525) *
        r +
        0.13692988092273580531) *
        r +
        0.59983220655588793769) *
        r +
        1)
  }
  return q < 0 ? -size : size
}

/** Phi(z), Hart's rational form as given by West (2005), about 1e-15. normalShareBelow(1.2815515655446004) = 0.9. */
export function normalShareBelow(z: number): number {
  const a = Math.abs(z)
  let tail = 0
  if (a <= 37) {
    const e = exactExp((-a * a) / 2)
    if (a < 7.07106781186547) {
      const top =
        (((((3.52624965998911e-2 * a + 0.700383064443688) * a + 6.37396220353165) * a + 33.912866078383) * a +
          112.079291497871) *
          a +
          221.213596169931) *
          a +
        220.206867912376
      const bottom =
        ((((((8.83883476483184e-2 * a + 1.75566716318264) * a + 16.064177579207) * a + 86.7807322029461) * a +
          296.564248779674) *
          a +
          637.333633378831) *
          a +
          793.826512519948) *
          a +
        440.413735824752
      tail = (e * top) / bottom
    } else {
      tail = e / (a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))))) / 2.506628274631
    }
  }
  return z > 0 ? 1 - tail : tail
}
