import { useCallback, useRef } from 'react'

/**
 * Hands the focus from the button that starts a task to the one that stops it, and back when it is over: both take what this
 * answers, and each is mounted anew when it becomes the one to press. Whoever was elsewhere stays there.
 */
export function useHandOver(): { readonly autoFocus: boolean; readonly onFocusChange: (isFocused: boolean) => void } {
  const isHeld = useRef(false)
  const onFocusChange = useCallback((isFocused: boolean) => {
    isHeld.current = isFocused
  }, [])
  return { autoFocus: isHeld.current, onFocusChange }
}
