export { APP_HOST, APP_ORIGIN, APP_SCHEME, BRIDGE_CHANNELS, MENU_CHANNEL, MENU_COMMANDS } from './bridge.ts'
export type {
  Bridge,
  BridgeCalls,
  BridgeChannel,
  GitRead,
  HostInfo,
  MenuCommand,
  OpenedFile,
  PickedClone,
  SaveResult,
  VaultName,
} from './bridge.ts'
export { gitFileName, MOST_GIT_BYTES, openClone, readClone } from './git/git-clone.ts'
export type { GitClone, GitPiece, OpenedClone, StartGit } from './git/git-clone.ts'
export { gitStarter } from './git/start-git.ts'
export { GIT_PARTS, isDay } from './git/git-commands.ts'
export type { GitPart } from './git/git-commands.ts'
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
