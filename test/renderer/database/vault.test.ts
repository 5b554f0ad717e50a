import { describe, expect, test } from 'vitest'
import { bridgeVault, portVault, serveVault, type Vault } from '../../../renderer/database/index.ts'
import { fakeBridge } from '../../../renderer/bridge/fake-bridge.ts'
import { frame, readFrames } from '../../../renderer/database/vault/frames.ts'
import { MemoryVault } from './storage-cases.ts'

/** A port pair with a vault behind it, as the worker that stores reaches the page of the desktop app. */
function across(vault: Vault): { readonly vault: Vault; close(): void } {
  const { port1, port2 } = new MessageChannel()
  serveVault(port1, vault)
  return { vault: portVault(port2), close: () => port2.close() }
}

describe('through a port', () => {
  test('each answer goes to its question', async () => {
    const behind = new MemoryVault()
    behind.files.set('a', new Uint8Array([1]))
    const { vault, close } = across(behind)
    expect(await Promise.all([vault.list(), vault.read('a'), vault.read('b')])).toEqual([
      ['a'],
      new Uint8Array([1]),
      null,
    ])
    await vault.write('b', new Uint8Array([2]))
    await vault.append('b', new Uint8Array([3]))
    await vault.remove('a')
    expect([await vault.read('b'), await vault.list()]).toEqual([new Uint8Array([2, 3]), ['b']])
    close()
  })
  test('a refusal keeps its name, so that a full disk is told as one', async () => {
    const behind = new MemoryVault()
    behind.failure = new DOMException('full', 'QuotaExceededError')
    const { vault, close } = across(behind)
    await expect(vault.write('a', new Uint8Array())).rejects.toMatchObject({ name: 'QuotaExceededError' })
    close()
  })
})

test('desktop: the bridge holds the same files', async () => {
  const vault = bridgeVault(fakeBridge())
  await vault.write('a', new Uint8Array([1]))
  await vault.append('a', new Uint8Array([2]))
  expect([await vault.read('a'), await vault.read('b'), await vault.list()]).toEqual([
    new Uint8Array([1, 2]),
    null,
    ['a'],
  ])
  await vault.remove('a')
  expect(await vault.list()).toEqual([])
})

describe('frames', () => {
  const bytes = new Uint8Array([
    ...frame(new Uint8Array([1, 2])),
    ...frame(new Uint8Array()),
    ...frame(new Uint8Array([3])),
  ])
  test('come back whole', () => {
    expect(readFrames(bytes)).toEqual({
      payloads: [new Uint8Array([1, 2]), new Uint8Array(), new Uint8Array([3])],
      isTorn: false,
    })
  })
  test('stop before any byte that changed', () => {
    for (let at = 0; at < bytes.length; at++) {
      const hurt = bytes.slice()
      hurt[at]! ^= 0x55
      const { payloads, isTorn } = readFrames(hurt)
      expect([payloads.length < 3, isTorn]).toEqual([true, true])
    }
  })
})
