/** What exports may call a repository, the fullest first: `github.com/acme/shop`, `acme/shop`, `shop`. */
export function repositoryNames(repository: string): readonly string[] {
  const parts = repository.replace(/\.git$/i, '').split('/')
  return parts.map((_, i) => parts.slice(i).join('/'))
}

/** `api` and `github.com/acme/api` are one repository; which of the names stands where depends on the export. */
export function isSameRepository(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`)
}
