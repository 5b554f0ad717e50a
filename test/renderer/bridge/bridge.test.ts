import { describe, expect, it } from 'vitest'
import { browserBridge, fakeBridge } from '../../../renderer/bridge/index.ts'

describe('the browser’s bridge', () => {
  const bridge = browserBridge()
  it('has no vault and says where the second copy is instead', async () => {
    for (const call of [
      bridge.call('vault:list'),
      bridge.call('vault:read', 'journal-A'),
      bridge.call('vault:write', 'journal-A', new Uint8Array()),
      bridge.call('vault:append', 'journal-A', new Uint8Array()),
      bridge.call('vault:remove', 'journal-A'),
    ]) {
      await expect(call).rejects.toThrow('OPFS')
    }
  })
  it('opens no link outside our list', async () => {
    expect(await bridge.call('link:open', 'https://evil.test/')).toBe(false)
  })
  it('has no native menu', () => {
    expect(bridge.onMenu(() => {})).toBeInstanceOf(Function)
  })
})

describe('the bridge for tests', () => {
  it('keeps a vault of its own, untouched by what the caller does with the bytes later', async () => {
    const bridge = fakeBridge()
    const bytes = new Uint8Array([1, 2])
    await bridge.call('vault:write', 'a', bytes)
    bytes[0] = 9
    await bridge.call('vault:append', 'a', new Uint8Array([3]))
    expect(await bridge.call('vault:read', 'a')).toEqual(new Uint8Array([1, 2, 3]))
    expect(await bridge.call('vault:list')).toEqual(['a'])
    await bridge.call('vault:remove', 'a')
    expect(await bridge.call('vault:read', 'a')).toBeNull()
  })
  it('plays the menu to whoever listens', () => {
    const bridge = fakeBridge()
    const heard: string[] = []
    const stop = bridge.onMenu((command) => heard.push(command))
    bridge.choose('save')
    stop()
    bridge.choose('open')
    expect(heard).toEqual(['save'])
  })
})
