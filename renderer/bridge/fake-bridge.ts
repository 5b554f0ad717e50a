import type {
  Bridge,
  BridgeCalls,
  BridgeChannel,
  GitPart,
  GitRead,
  MenuCommand,
  OpenedFile,
  PickedClone,
} from '../../shared/bridge/index.ts'

/** A host for tests: the vault is a map, saved files are kept, nothing is asked. */
export interface FakeBridge extends Bridge {
  readonly vault: Map<string, Uint8Array>
  readonly saved: { readonly name: string; readonly bytes: Uint8Array }[]
  /** What the next open dialog answers; null is a cancelled one. */
  toOpen: OpenedFile | null
  /** What the next dialog for a clone answers, and what is read of it then. */
  toPick: PickedClone | null
  gitReads: Partial<Record<GitPart, GitRead[]>>
  closedClones: number
  /** Plays a choice in the native menu. */
  choose(command: MenuCommand): void
}

type Answers = { readonly [C in BridgeChannel]: (...args: BridgeCalls[C][0]) => BridgeCalls[C][1] }

export function fakeBridge(): FakeBridge {
  const listeners = new Set<(command: MenuCommand) => void>()
  const fake: FakeBridge = {
    vault: new Map(),
    saved: [],
    toOpen: null,
    toPick: null,
    gitReads: {},
    closedClones: 0,
    choose: (command) => listeners.forEach((listener) => listener(command)),
    call: (channel, ...args) => Promise.resolve().then(() => answers[channel](...args)),
    onMenu: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const answers: Answers = {
    'host:info': () => ({ host: 'electron', version: '0.0.0', platform: 'test' }),
    'file:save': (name, bytes) => {
      fake.saved.push({ name, bytes: bytes.slice() })
      return { kind: 'saved', where: `/saved/${name}` }
    },
    'file:open': () => fake.toOpen,
    'file:print': () => true,
    'link:open': () => true,
    'git:open': () => fake.toPick,
    'git:read': (_id, part) => fake.gitReads[part]?.shift() ?? { kind: 'end' },
    'git:close': () => void (fake.closedClones += 1),
    'vault:list': () => [...fake.vault.keys()].sort(),
    'vault:read': (name) => fake.vault.get(name)?.slice() ?? null,
    'vault:write': (name, bytes) => void fake.vault.set(name, bytes.slice()),
    'vault:append': (name, bytes) => {
      const former = fake.vault.get(name) ?? new Uint8Array()
      const whole = new Uint8Array(former.length + bytes.length)
      whole.set(former)
      whole.set(bytes, former.length)
      fake.vault.set(name, whole)
    },
    'vault:remove': (name) => void fake.vault.delete(name),
  }
  return fake
}
