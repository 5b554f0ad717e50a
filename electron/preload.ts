/** The whole bridge: one frozen object. `ipcRenderer` itself and its events stay on this side. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { BRIDGE_CHANNELS, MENU_CHANNEL, MENU_COMMANDS, type Bridge, type MenuCommand } from '../shared/bridge/index.ts'

const bridge = Object.freeze({
  call(channel, ...args) {
    if (!BRIDGE_CHANNELS.includes(channel)) return Promise.reject(new Error(`unknown channel: ${String(channel)}`))
    return ipcRenderer.invoke(channel, ...args)
  },
  onMenu(listener) {
    const hear = (_event: IpcRendererEvent, command: MenuCommand): void => {
      if (MENU_COMMANDS.includes(command)) listener(command)
    }
    ipcRenderer.on(MENU_CHANNEL, hear)
    return () => void ipcRenderer.removeListener(MENU_CHANNEL, hear)
  },
} satisfies Bridge)

contextBridge.exposeInMainWorld('quarterdeck', bridge)
