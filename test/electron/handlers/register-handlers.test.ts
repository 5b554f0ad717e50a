import { beforeAll, describe, expect, it, vi } from 'vitest'
import { registerHandlers, type Handlers } from '../../../electron/handlers/register-handlers.ts'
import { BRIDGE_CHANNELS, type BridgeChannel } from '../../../shared/bridge/index.ts'
import * as electron from '../../support/electron-mock.ts'

const bytes = new Uint8Array([1])
const answered = vi.fn((..._args: unknown[]) => 'answered')

beforeAll(() => {
  registerHandlers(Object.fromEntries(BRIDGE_CHANNELS.map((name) => [name, answered])) as unknown as Handlers)
})

const page = { url: 'app://quarterdeck/index.html' }
const ours = { senderFrame: page, sender: { mainFrame: page } }

function call(channel: string, args: readonly unknown[], event: object = ours): unknown {
  return electron.ipcMain.handlers.get(channel)?.(event, ...args)
}

const GOOD: Record<BridgeChannel, readonly unknown[]> = {
  'host:info': [],
  'file:save': ['plan.quarterdeck', bytes],
  'file:open': [],
  'file:print': [],
  'link:open': ['https://dora.dev/'],
  'git:open': ['2026-02-01'],
  'git:read': ['clone-1', 'lines'],
  'git:close': ['clone-1'],
  'vault:list': [],
  'vault:read': ['journal-A'],
  'vault:write': ['import-7f3a', bytes],
  'vault:append': ['journal-A', bytes],
  'vault:remove': ['journal-A'],
}

describe.each(BRIDGE_CHANNELS)('%s', (channel) => {
  it('answers our page', () => {
    expect(call(channel, GOOD[channel])).toBe('answered')
    expect(answered).toHaveBeenLastCalledWith(ours.sender, ...GOOD[channel])
  })

  const foreign = { url: 'https://evil.test/' }
  const frame = { url: 'app://quarterdeck/index.html' }
  it.each([
    ['a frame that has gone', { senderFrame: null, sender: { mainFrame: page } }],
    ['a frame inside our page', { senderFrame: frame, sender: { mainFrame: page } }],
    ['another site', { senderFrame: foreign, sender: { mainFrame: foreign } }],
    [
      'a look-alike',
      (() => {
        const like = { url: 'app://quarterdeck.evil.test/' }
        return { senderFrame: like, sender: { mainFrame: like } }
      })(),
    ],
  ])('refuses %s', (_name, event) => {
    answered.mockClear()
    expect(() => call(channel, GOOD[channel], event)).toThrow('refused')
    expect(answered).not.toHaveBeenCalled()
  })

  it.each([
    ['an argument too many', [...GOOD[channel], 'more']],
    ...(GOOD[channel].length > 0
      ? [
          ['no arguments', []],
          ['an object for the first', [{ toString: () => 'journal-A' }, ...GOOD[channel].slice(1)]],
          ['an empty first', ['', ...GOOD[channel].slice(1)]],
          ['a very long first', ['a'.repeat(5000), ...GOOD[channel].slice(1)]],
        ]
      : []),
    ...(GOOD[channel].length > 1
      ? [
          ['text for bytes', [GOOD[channel][0], 'text']],
          ['a plain array for bytes', [GOOD[channel][0], [1, 2]]],
        ]
      : []),
  ] as [string, unknown[]][])('refuses %s', (_name, args) => {
    answered.mockClear()
    expect(() => call(channel, args)).toThrow('refused')
    expect(answered).not.toHaveBeenCalled()
  })
})

it.each([
  '../escape',
  'a/b',
  'a\\b',
  '.hidden',
  '-dash',
  'a\0b',
  'a b',
  'naïve',
  'con',
  'NUL.txt',
  'com1',
  'ends-with.',
  `${'a'.repeat(82)}`,
  '..',
  'a:b',
  '__proto__',
])('refuses the vault name %j', (name) => {
  for (const channel of ['vault:read', 'vault:remove']) expect(() => call(channel, [name])).toThrow('refused')
  for (const channel of ['vault:write', 'vault:append']) expect(() => call(channel, [name, bytes])).toThrow('refused')
})

it.each(['a', 'journal-A', 'import-7f3a', 'Snapshot-2.bin', 'a'.repeat(81)])('takes the vault name %j', (name) => {
  expect(call('vault:read', [name])).toBe('answered')
})
