import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { APP_HOST, contentType, securityHeaders, servedPath, withNonce } from '../shared/bridge/index.ts'

/**
 * Answers `app://quarterdeck/…` from the folder of the built page and from nowhere else, with the same headers as the
 * browser host. The page has no other way to a file.
 */
export function servePage(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const nonce = randomBytes(16).toString('base64')
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(403, nonce)
    const target = targetOf(request.url)
    const inside = target === null ? null : servedPath(target)
    const bytes = inside === null ? null : await readInside(folder, inside)
    if (inside === null || bytes === null) return refusal(404, nonce)
    const body = inside === 'index.html' ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes)
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: { ...securityHeaders(nonce), 'Content-Type': contentType(inside), 'Cache-Control': 'no-cache' },
    })
  }
}

/** The path as it was written: `new URL` would resolve `..` before anyone could object. */
function targetOf(address: string): string | null {
  const start = `app://${APP_HOST}`
  if (!address.startsWith(start)) return null
  const target = address.slice(start.length)
  if (target === '') return '/'
  return target.startsWith('/') ? target : null
}

async function readInside(folder: string, inside: string): Promise<Buffer | null> {
  try {
    const base = await realpath(folder)
    const file = await realpath(path.join(base, inside))
    return file.startsWith(base + path.sep) ? await readFile(file) : null
  } catch {
    return null
  }
}

function refusal(status: number, nonce: string): Response {
  return new Response('Nothing is served at this address.', {
    status,
    headers: { ...securityHeaders(nonce), 'Content-Type': 'text/plain; charset=utf-8' },
  })
}
