import { expect, test, vi } from 'vitest'
import type { Bridge, MenuCommand } from '../../shared/bridge/index.ts'
import * as electron from '../support/electron-mock.ts'

test('the page sees one frozen object of two functions', async () => {
  await import('../../electron/preload.ts')
  expect(electron.contextBridge.exposeInMainWorld).toHaveBeenCalledOnce()
  const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as unknown as [string, Bridge]
  expect(name).toBe('quarterdeck')
  expect(Object.keys(bridge)).toEqual(['call', 'onMenu'])
  expect(Object.isFrozen(bridge)).toBe(true)

  await bridge.call('vault:read', 'journal-A')
  expect(electron.ipcRenderer.invoke).toHaveBeenCalledWith('vault:read', 'journal-A')
  await expect(bridge.call('fs:read' as 'host:info')).rejects.toThrow('unknown channel')
  expect(electron.ipcRenderer.invoke).toHaveBeenCalledOnce()

  const heard: MenuCommand[] = []
  const stop = bridge.onMenu((command) => heard.push(command))
  const [channel, listener] = electron.ipcRenderer.on.mock.calls[0] as unknown as [string, (...args: unknown[]) => void]
  expect(channel).toBe('menu:command')
  // The event object carries the sender; only the word reaches the page, and only a word of the list.
  listener({ sender: {} }, 'save')
  listener({ sender: {} }, 'rm -rf')
  expect(heard).toEqual(['save'])
  stop()
  expect(electron.ipcRenderer.removeListener).toHaveBeenCalledWith('menu:command', listener)
  expect(vi.isMockFunction(electron.ipcRenderer.invoke)).toBe(true)
})
