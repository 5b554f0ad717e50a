import { createContext, useContext } from 'react'
import type { HostInfo } from '../../shared/bridge/index.ts'

/** What the page runs in; null until the host has told. Given by the app, so that views need not know the bridge. */
export const HostInfoContext = createContext<HostInfo | null>(null)

export function useHostInfo(): HostInfo | null {
  return useContext(HostInfoContext)
}
