export { APP_HOST, APP_ORIGIN, APP_SCHEME, BRIDGE_CHANNELS, MENU_CHANNEL, MENU_COMMANDS } from './bridge.ts'
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
export { isAllowedLink, LINK_HOSTS } from './links.ts'
export {
  BROWSER_PORT,
  contentSecurityPolicy,
  contentType,
  IDENTITY,
  IDENTITY_PATH,
  NONCE_PLACE,
  securityHeaders,
  servedPath,
  TRUSTED_POLICY,
  withNonce,
} from './serving.mjs'
