import { afterEach, describe, expect, test, vi } from 'vitest'
import { breathe } from '../../../renderer/workers/breathe.ts'

afterEach(() => vi.unstubAllGlobals())

describe('breathe', () => {
  test('lets what waits go first, without a timer', async () => {
    vi.stubGlobal('scheduler', undefined)
    vi.stubGlobal('setTimeout', () => expect.unreachable('a timer'))
    const order: string[] = []
    const { port1, port2 } = new MessageChannel()
    const heard = new Promise<void>((resolve) => {
      port1.onmessage = () => {
        order.push('message')
        port1.close()
        resolve()
      }
    })
    port2.postMessage('cancel')
    await breathe()
    order.push('went on')
    await heard
    expect(order).toEqual(['message', 'went on'])
  })

  test('asks the scheduler of the page where there is one', async () => {
    const yielded = vi.fn(() => Promise.resolve())
    vi.stubGlobal('scheduler', { yield: yielded })
    await breathe()
    expect(yielded).toHaveBeenCalledTimes(1)
  })
})
