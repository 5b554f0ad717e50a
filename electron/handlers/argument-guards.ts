import { type BridgeCalls, type BridgeChannel, GIT_PARTS, type GitPart, isDay } from '../../shared/bridge/index.ts'

/** Says whether a whole list of arguments is what one channel takes. */
export type Guard<A> = (args: readonly unknown[]) => args is A & readonly unknown[]

const LONGEST_NAME = 255
const LONGEST_LINK = 2048
/** The largest file the product reads or writes: 4 GiB. */
const MOST_BYTES = 4 * 1024 ** 3

/** Names of devices on Windows, with any ending; writing to one goes to the device. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

export function isVaultName(name: unknown): name is string {
  return (
    typeof name === 'string' && /^[a-z0-9][a-z0-9.-]{0,80}$/i.test(name) && !name.endsWith('.') && !DEVICE.test(name)
  )
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength <= MOST_BYTES
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest
}

function isCloneId(value: unknown): value is string {
  return typeof value === 'string' && /^clone-\d{1,9}$/.test(value)
}

const none: Guard<[]> = (args): args is [] => args.length === 0
const vaultName: Guard<[name: string]> = (args): args is [string] => args.length === 1 && isVaultName(args[0])
const vaultNameAndBytes: Guard<[name: string, bytes: Uint8Array]> = (args): args is [string, Uint8Array] =>
  args.length === 2 && isVaultName(args[0]) && isBytes(args[1])

/** One guard per channel, the whole list of arguments at once; the type makes a missing channel an error. */
export const ARGUMENT_GUARDS: { readonly [C in BridgeChannel]: Guard<BridgeCalls[C][0]> } = {
  'host:info': none,
  'file:save': (args): args is [string, Uint8Array] =>
    args.length === 2 && isText(args[0], LONGEST_NAME) && isBytes(args[1]),
  'file:open': none,
  'file:print': none,
  'link:open': (args): args is [string] => args.length === 1 && isText(args[0], LONGEST_LINK),
  'git:open': (args): args is [string | null] =>
    args.length === 1 && (args[0] === null || (isText(args[0], 10) && isDay(args[0]))),
  'git:read': (args): args is [string, GitPart] =>
    args.length === 2 && isCloneId(args[0]) && GIT_PARTS.some((part) => part === args[1]),
  'git:close': (args): args is [string] => args.length === 1 && isCloneId(args[0]),
  'vault:list': none,
  'vault:read': vaultName,
  'vault:write': vaultNameAndBytes,
  'vault:append': vaultNameAndBytes,
  'vault:remove': vaultName,
}
