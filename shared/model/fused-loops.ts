/*
 * Two or three operators in one go over the samples of a block, so that what lies between them is never written down. Each
 * number is rounded as it is by the operators one after the other: same answers bit for bit. All four samples of a turn are
 * read before any is written, so `out` may be any of what is read. As with `blockLoop`, up to three places after `count` may be
 * written.
 */

/** a * b * c. */
export function productOfThree(out: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 4) {
    const first = a[i]! * b[i]! * c[i]!
    const second = a[i + 1]! * b[i + 1]! * c[i + 1]!
    const third = a[i + 2]! * b[i + 2]! * c[i + 2]!
    const fourth = a[i + 3]! * b[i + 3]! * c[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

/** y * a * b, with y the same in every sample. */
export function fixedTimesTwo(out: Float64Array, y: number, a: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 4) {
    const first = y * a[i]! * b[i]!
    const second = y * a[i + 1]! * b[i + 1]!
    const third = y * a[i + 2]! * b[i + 2]!
    const fourth = y * a[i + 3]! * b[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

/** y * a * b * c, with y the same in every sample. */
export function fixedTimesThree(
  out: Float64Array,
  y: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  n: number,
): void {
  for (let i = 0; i < n; i += 4) {
    const first = y * a[i]! * b[i]! * c[i]!
    const second = y * a[i + 1]! * b[i + 1]! * c[i + 1]!
    const third = y * a[i + 2]! * b[i + 2]! * c[i + 2]!
    const fourth = y * a[i + 3]! * b[i + 3]! * c[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

/** a + b * c. */
export function plusProduct(out: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 4) {
    const first = a[i]! + b[i]! * c[i]!
    const second = a[i + 1]! + b[i + 1]! * c[i + 1]!
    const third = a[i + 2]! + b[i + 2]! * c[i + 2]!
    const fourth = a[i + 3]! + b[i + 3]! * c[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

/** a + y * b, with y the same in every sample. */
export function plusFixedTimes(out: Float64Array, a: Float64Array, y: number, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 4) {
    const first = a[i]! + y * b[i]!
    const second = a[i + 1]! + y * b[i + 1]!
    const third = a[i + 2]! + y * b[i + 2]!
    const fourth = a[i + 3]! + y * b[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
  }
}

/** a + b, which is also added to `sums`. */
export function plusInto(out: Float64Array, a: Float64Array, b: Float64Array, sums: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 4) {
    const first = a[i]! + b[i]!
    const second = a[i + 1]! + b[i + 1]!
    const third = a[i + 2]! + b[i + 2]!
    const fourth = a[i + 3]! + b[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
    sums[i] = sums[i]! + first
    sums[i + 1] = sums[i + 1]! + second
    sums[i + 2] = sums[i + 2]! + third
    sums[i + 3] = sums[i + 3]! + fourth
  }
}

/** a + b * c, which is also added to `sums`. */
export function plusProductInto(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  sums: Float64Array,
  n: number,
): void {
  for (let i = 0; i < n; i += 4) {
    const first = a[i]! + b[i]! * c[i]!
    const second = a[i + 1]! + b[i + 1]! * c[i + 1]!
    const third = a[i + 2]! + b[i + 2]! * c[i + 2]!
    const fourth = a[i + 3]! + b[i + 3]! * c[i + 3]!
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = fourth
    sums[i] = sums[i]! + first
    sums[i + 1] = sums[i + 1]! + second
    sums[i + 2] = sums[i + 2]! + third
    sums[i + 3] = sums[i + 3]! + fourth
  }
}
