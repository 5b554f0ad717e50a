/*
 * Facts go from worker to worker under a key, without the page in between: a million rows with their words would hold the
 * page up even where their memory moves instead of being copied.
 */

/** Where parcels are sent to. */
export interface Outbox {
  /** `buffers` move; the sender's arrays over them are empty afterwards. */
  send(key: string, content: unknown, buffers?: readonly ArrayBufferLike[]): void
}

interface Parcel {
  readonly key: string
  readonly content: unknown
}

/** Where parcels arrive and wait for whoever asks for their key. */
export class Inbox {
  private readonly arrived = new Map<string, unknown>()
  private readonly awaited = new Map<string, (content: unknown) => void>()

  put(key: string, content: unknown): void {
    const resolve = this.awaited.get(key)
    this.awaited.delete(key)
    if (resolve) resolve(content)
    else this.arrived.set(key, content)
  }

  /** The parcel of this key, once; waits where it is still under way. */
  take(key: string): Promise<unknown> {
    if (!this.arrived.has(key)) return new Promise((resolve) => this.awaited.set(key, resolve))
    const content = this.arrived.get(key)
    this.arrived.delete(key)
    return Promise.resolve(content)
  }

  /** The parcel of this key, which stays; undefined where it has not arrived. */
  peek(key: string): unknown {
    return this.arrived.get(key)
  }

  drop(key: string): void {
    this.arrived.delete(key)
  }

  clear(): void {
    this.arrived.clear()
  }

  listen(port: MessagePort): void {
    port.onmessage = ({ data: { key, content } }: MessageEvent<Parcel>) => this.put(key, content)
  }
}

export function outboxOf(port: MessagePort): Outbox {
  return {
    send: (key, content, buffers = []) =>
      port.postMessage({ key, content } satisfies Parcel, [...new Set(buffers)] as ArrayBuffer[]),
  }
}

/** For work in one place: what is sent is there. */
export function directOutbox(inbox: Inbox): Outbox {
  return { send: (key, content) => inbox.put(key, content) }
}

/** What a worker that exchanges facts with storage is made with. */
export interface Post {
  readonly toStorage: Outbox
  readonly fromStorage: Inbox
}

/** A worker's end of the port that is its first message; `serve` sets up what answers the messages after it. */
export function servePost(scope: { onmessage: unknown }, serve: (post: Post) => void): void {
  scope.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
    const fromStorage = new Inbox()
    fromStorage.listen(port)
    serve({ toStorage: outboxOf(port), fromStorage })
  }
}
