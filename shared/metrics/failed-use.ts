/** `Errored, Not Charged`, `Aborted`: how exports name a use without a result. */
const FAILED = /\b(?:retr(?:y|ied)|error(?:ed)?|abort(?:ed)?|cancel(?:l?ed)?|fail(?:ed|ure)?|timed? ?out)\b/i

/** Whether the source says of a use that it failed or was broken off. */
export function isFailedUse(detail: string | null): boolean {
  return detail !== null && FAILED.test(detail)
}
