/**
 * How the built page is served, in one place for both hosts: Electron's own protocol (TypeScript, bundled) and the loopback
 * server (plain Node, started before anything is compiled). Plain JavaScript because Node 20 cannot read TypeScript; the
 * types are checked all the same. Pure: the nonce and the text are arguments.
 */

/** Fixed: IndexedDB belongs to the origin and the port is part of it; on another port the browser shows an empty app. */
export const BROWSER_PORT = 47615

/** The browser host answers here with `IDENTITY`, so that a second start recognises the first. */
export const IDENTITY_PATH = '/.well-known/quarterdeck'
export const IDENTITY = 'quarterdeck'

/** Stands in index.html where the nonce of one response goes. */
export const NONCE_PLACE = '__STYLE_NONCE__'

/** The one Trusted Types policy; it blesses the addresses of our own workers and nothing else. */
export const TRUSTED_POLICY = 'quarterdeck'

/**
 * @param {string} nonce allows the style elements one response makes: base64 or hexadecimal, never used twice
 * @returns {string}
 */
export function contentSecurityPolicy(nonce) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_POLICY}`,
  ].join('; ')
}

/** Features of the platform the page never asks for; listed so that no library can. */
const CLOSED_FEATURES = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/**
 * The headers of every answer, refusals included.
 * @param {string} nonce
 * @returns {Record<string, string>}
 */
export function securityHeaders(nonce) {
  return {
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    'X-DNS-Prefetch-Control': 'off',
    'Permissions-Policy': CLOSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
  }
}

/**
 * @param {string} html the built index.html
 * @param {string} nonce
 * @returns {string}
 */
export function withNonce(html, nonce) {
  return html.replaceAll(NONCE_PLACE, () => nonce)
}

/** @type {Readonly<Record<string, string>>} */
const CONTENT_TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
}

/**
 * @param {string} file
 * @returns {string}
 */
export function contentType(file) {
  return CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}

/** Longer addresses are refused; ours are below 100 characters. */
const LONGEST_ADDRESS = 2048

/**
 * Turns the path of a request into the path of a file inside the served folder, or null when it points anywhere else or is
 * written in a way our own page never writes: encoded slashes that climb, NUL, backslash, dot files, drive letters.
 * Works on the raw text: `new URL` would quietly resolve `..` and turn `\` into `/` first.
 *
 * @param {string} target as it stands in the request line, for example `/assets/main.js?v=1`
 * @returns {string | null} for example `assets/main.js`; `index.html` for the root
 */
export function servedPath(target) {
  if (target.length > LONGEST_ADDRESS || !target.startsWith('/')) return null
  const end = target.search(/[?#]/)
  const path = decoded(end < 0 ? target : target.slice(0, end))
  if (path === null) return null
  if (path === '/') return 'index.html'
  const segments = path.slice(1).split('/')
  return segments.every(isPlainSegment) ? segments.join('/') : null
}

/**
 * @param {string} path
 * @returns {string | null}
 */
function decoded(path) {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/**
 * @param {string} segment
 * @returns {boolean}
 */
function isPlainSegment(segment) {
  return /^[a-z0-9_-][a-z0-9._-]*$/i.test(segment)
}
