/** `2026-03` as a whole number that counts months: year * 12 + month - 1. */
export function serialOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}
