import { useCallback, useSyncExternalStore } from 'react'

/** Whether the window fits a media query, followed while it changes: for what styles cannot say, such as columns of the grid. */
export function useMediaQuery(query: string): boolean {
  const follow = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(follow, () => matchMedia(query).matches)
}
