export {
  APP_HOST,
  APP_ORIGIN,
  APP_SCHEME,
  BRIDGE_CHANNELS,
  BROWSER_PORT,
  MENU_CHANNEL,
  MENU_COMMANDS,
} from './bridge.ts'
export type {
  Bridge,
  BridgeCalls,
  BridgeChannel,
  HostInfo,
  MenuCommand,
  OpenedFile,
  SaveResult,
  VaultName,
} from './bridge.ts'
