import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { BRIDGE_CHANNELS, type BridgeCalls, type BridgeChannel } from '../../shared/bridge/index.ts'
import { isOwnAddress } from '../window/navigation-guard.ts'
import { ARGUMENT_GUARDS, type Guard } from './argument-guards.ts'

/** What answers a channel; `page` is the sender, already known to be ours. */
export type Handler<C extends BridgeChannel> = (page: WebContents, ...args: BridgeCalls[C][0]) => Answer<C>
type Answer<C extends BridgeChannel> = BridgeCalls[C][1] | Promise<BridgeCalls[C][1]>
export type Handlers<C extends BridgeChannel = BridgeChannel> = { readonly [K in C]: Handler<K> }

/**
 * The only place that listens. A call is answered when it comes from the top frame of our own page and every argument is
 * what the channel table says; a compromised page gets a refusal, not a file.
 */
export function registerHandlers(handlers: Handlers): void {
  for (const channel of BRIDGE_CHANNELS) listen(channel, handlers)
}

function listen<C extends BridgeChannel>(channel: C, handlers: Handlers): void {
  const handler: Handler<C> = handlers[channel]
  ipcMain.handle(channel, (event, ...args: unknown[]) => {
    if (!isOurPage(event)) throw new Error(`${channel}: refused, the call did not come from the page itself`)
    return handler(event.sender, ...agreedArguments(channel, args))
  })
}

function agreedArguments<C extends BridgeChannel>(channel: C, args: readonly unknown[]): BridgeCalls[C][0] {
  const isAgreed: Guard<BridgeCalls[C][0]> = ARGUMENT_GUARDS[channel]
  if (!isAgreed(args)) throw new Error(`${channel}: refused, the arguments are not of the agreed kind`)
  return args
}

function isOurPage(event: IpcMainInvokeEvent): boolean {
  // Null when the frame has gone in the meantime.
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isOwnAddress(frame.url)
}
