/**
 * The page runs under `require-trusted-types-for 'script'`, where the address of a worker given as a plain string throws.
 * So Vite's usual pattern `new Worker(new URL('./x.ts', import.meta.url))` cannot be used; instead the module is imported
 * for its address and handed here:
 *
 *     import cubeWorkerUrl from './cube.worker.ts?worker&url'
 *     const worker = makeWorker(cubeWorkerUrl)
 *
 * The one named policy of the page blesses addresses of our own origin and refuses all others.
 */
import { TRUSTED_POLICY } from '../../shared/bridge/index.ts'

interface TrustedPolicy {
  createScriptURL(address: string): unknown
}
interface TrustedFactory {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): TrustedPolicy
}

let policy: TrustedPolicy | undefined

/** Starts a module worker of ours. Give it an `onerror`: a worker that fails to load says nothing else. */
export function makeWorker(address: URL | string): Worker {
  policy ??= makePolicy()
  const absolute = new URL(address, document.baseURI).href
  // The DOM types know strings and URLs only; browsers without Trusted Types get the string they expect.
  return new Worker(policy.createScriptURL(absolute) as string, { type: 'module' })
}

function makePolicy(): TrustedPolicy {
  const rules = { createScriptURL: ownScript }
  const factory = (globalThis as { trustedTypes?: TrustedFactory }).trustedTypes
  return factory?.createPolicy(TRUSTED_POLICY, rules) ?? rules
}

function ownScript(address: string): string {
  const { protocol, host, pathname } = new URL(address)
  if (protocol !== location.protocol || host !== location.host || !/\.[jt]s$/.test(pathname)) {
    throw new TypeError(`not a worker of ours: ${address}`)
  }
  return address
}
