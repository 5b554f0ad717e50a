import { describe, expect, test, vi } from 'vitest'
import { bridgeVault, opfsVault, type VaultAnswer, type VaultRequest } from '../../../renderer/database/index.ts'
import { fakeBridge } from '../../../renderer/bridge/fake-bridge.ts'
import { frame, readFrames } from '../../../renderer/database/vault/frames.ts'

function workerThat(answers: (request: VaultRequest) => VaultAnswer | null): Worker {
  const worker = {
    onmessage: null as ((event: { data: VaultAnswer }) => void) | null,
    onerror: null,
    postMessage(request: VaultRequest) {
      const data = answers(request)
      if (data) queueMicrotask(() => worker.onmessage?.({ data }))
    },
  }
  return worker as unknown as Worker
}

describe('browser', () => {
  test('each answer goes to its question', async () => {
    const vault = opfsVault(
      workerThat(({ id, call, name }) => ({
        id,
        ok: true,
        value: call === 'list' ? ['a'] : call === 'read' && name === 'a' ? new Uint8Array([1]) : null,
      })),
    )
    expect(await Promise.all([vault.list(), vault.read('a'), vault.read('b')])).toEqual([
      ['a'],
      new Uint8Array([1]),
      null,
    ])
  })
  test('a refusal keeps its name, so that a full disk is told as one', async () => {
    const vault = opfsVault(
      workerThat(({ id }) => ({ id, ok: false, errorName: 'QuotaExceededError', message: 'full' })),
    )
    await expect(vault.write('a', new Uint8Array())).rejects.toMatchObject({ name: 'QuotaExceededError' })
  })
  test('a worker that stops refuses what waits and what comes', async () => {
    const worker = workerThat(() => null)
    const vault = opfsVault(worker)
    const waiting = vault.read('a')
    worker.onerror!({ message: 'gone', preventDefault: vi.fn() } as never)
    await expect(waiting).rejects.toThrow('gone')
    await expect(vault.list()).rejects.toThrow('gone')
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
