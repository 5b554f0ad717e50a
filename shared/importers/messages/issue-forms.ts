import type { Issue } from '../../issues/index.ts'

/* The three things done about what was found: the file stopped, the row kept aside, a note. */

export function stopped(code: Issue['code'], said: string, wanted: string, can: string): Issue {
  return { code, said, wanted, did: 'stopped', can }
}

export function aside(code: Issue['code'], said: string | undefined, wanted: string, can: string): Issue {
  return { code, ...(said === undefined ? {} : { said }), wanted, did: 'kept-aside', can }
}

export function noted(code: Issue['code'], said: string | undefined, wanted: string, can: string): Issue {
  return { code, ...(said === undefined ? {} : { said }), wanted, did: 'noted', can }
}
