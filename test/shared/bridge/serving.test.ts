import { describe, expect, it } from 'vitest'
import {
  contentSecurityPolicy,
  contentType,
  securityHeaders,
  servedPath,
  withNonce,
} from '../../../shared/bridge/index.ts'

describe('the content security policy', () => {
  const directives = new Map(
    contentSecurityPolicy('abc')
      .split('; ')
      .map((text) => [text.split(' ')[0] ?? '', text.split(' ').slice(1).join(' ')]),
  )
  it.each([
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['worker-src', "'self'"],
    ['style-src', "'self' 'nonce-abc'"],
    ['img-src', "'self' data: blob:"],
    ['font-src', "'self'"],
    ['connect-src', "'self'"],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
    ['frame-ancestors', "'none'"],
    ['object-src', "'none'"],
    ['require-trusted-types-for', "'script'"],
    ['trusted-types', 'quarterdeck'],
  ])('%s %s', (name, value) => expect(directives.get(name)).toBe(value))
  it('says nothing else, and nothing unsafe', () => {
    expect(directives.size).toBe(13)
    expect(contentSecurityPolicy('abc')).not.toMatch(/unsafe|https?:|\*/)
  })
})

it('no header opens anything to another site', () => {
  expect(Object.keys(securityHeaders('abc')).join()).not.toMatch(/Access-Control/i)
  expect(securityHeaders('abc')['Permissions-Policy']).toMatch(/camera=\(\), .*geolocation=\(\)/)
})

it.each([
  ['/', 'index.html'],
  ['/?x', 'index.html'],
  ['/index.html', 'index.html'],
  ['/assets/main-A_1.js?v=1#x', 'assets/main-A_1.js'],
  ['/a%20b', null],
  ['', null],
  ['index.html', null],
  ['/assets/', null],
  ['//x', null],
  ['/./x', null],
  ['/x/..', null],
  ['/x/%2e%2e/y', null],
  ['/x%2fy', 'x/y'],
  ['/x\\y', null],
  ['/x%00', null],
  ['/.hidden', null],
  ['/c:/x', null],
  ['/%c3%28', null],
  [`/${'a'.repeat(2047)}`, 'a'.repeat(2047)],
  [`/${'a'.repeat(2048)}`, null],
])('the path %.30j is the file %.30j', (target, file) => expect(servedPath(target)).toBe(file))

it('names the kinds of file the page is made of, and calls the rest bytes', () => {
  expect(contentType('assets/a.JS')).toBe('text/javascript; charset=utf-8')
  expect(contentType('a.woff2')).toBe('font/woff2')
  expect(contentType('a.exe')).toBe('application/octet-stream')
  expect(contentType('noending')).toBe('application/octet-stream')
})

it('puts the nonce wherever the page asks for it', () => {
  expect(withNonce('<a nonce="__STYLE_NONCE__"><b nonce="__STYLE_NONCE__">', 'n$&1')).toBe(
    '<a nonce="n$&1"><b nonce="n$&1">',
  )
})
