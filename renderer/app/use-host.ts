import { useEffect, useState } from 'react'
import type { HostInfo } from '../../shared/bridge/index.ts'
import { bridge } from '../bridge/index.ts'

/** Asks the host once who it is. */
export function useHost(): HostInfo | null {
  const [host, setHost] = useState<HostInfo | null>(null)
  useEffect(() => {
    let isHere = true
    void bridge()
      .call('host:info')
      .then((info) => {
        if (isHere) setHost(info)
      })
    return () => {
      isHere = false
    }
  }, [])
  return host
}
