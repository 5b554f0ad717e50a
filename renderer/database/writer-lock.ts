/** One window writes; the others read. Held until the window closes, however it closes. */
export const WRITER_LOCK = 'quarterdeck-writer'

/**
 * Resolves to whether this window may write. Where it may not, `onFree` is called once it may, when the other window is
 * gone. A browser without locks has no second window of ours to fear.
 */
export function takeWriterLock(locks: LockManager | undefined, onFree: () => void): Promise<boolean> {
  if (!locks) return Promise.resolve(true)
  return new Promise((resolve) => {
    const held = new Promise<void>(() => {})
    void locks.request(WRITER_LOCK, { ifAvailable: true }, (lock) => {
      if (lock) {
        resolve(true)
        return held
      }
      resolve(false)
      void locks.request(WRITER_LOCK, () => {
        onFree()
        return held
      })
      return undefined
    })
  })
}
