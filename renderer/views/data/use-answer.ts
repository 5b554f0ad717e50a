import { type DependencyList, useEffect, useState } from 'react'

/** Long enough that typing asks once, short enough that the answer seems to follow it. */
const TYPING_MS = 250

/**
 * Asks again whenever `deps` change and answers the latest; the former answer stays until then, so nothing jumps. `null`
 * before the first. A question that fails leaves what was known.
 */
export function useAnswer<T>(ask: () => Promise<T>, deps: DependencyList, waitMs = 0): T | null {
  const [answer, setAnswer] = useState<T | null>(null)
  useEffect(() => {
    let isLatest = true
    const timer = setTimeout(() => {
      ask().then(
        (found) => {
          if (isLatest) setAnswer(found)
        },
        () => {
          // The command has told why; the former answer is better than none.
        },
      )
    }, waitMs)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
    // The question changes with what it is about, not with every drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, deps)
  return answer
}

export function useAnswerWhileTyping<T>(ask: () => Promise<T>, deps: DependencyList): T | null {
  return useAnswer(ask, deps, TYPING_MS)
}
