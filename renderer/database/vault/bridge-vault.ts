import type { Bridge } from '../../../shared/bridge/index.ts'
import type { Vault } from './vault.ts'

/** Files in the desktop app's own folder, written by the process that owns the disk. */
export function bridgeVault(bridge: Bridge): Vault {
  return {
    list: () => bridge.call('vault:list'),
    read: (name) => bridge.call('vault:read', name),
    write: (name, bytes) => bridge.call('vault:write', name, bytes),
    append: (name, bytes) => bridge.call('vault:append', name, bytes),
    remove: (name) => bridge.call('vault:remove', name),
  }
}
