import { pathPattern } from './path-pattern.ts'
import { remembered } from './remembered.ts'
import { isSameRepository, repositoryNames } from './repository-names.ts'
import { textFits } from './text-fits.ts'

/**
 * Whether what a fact says is what a rule asks for: the one way in which rules are held against usage and against changes.
 * A path is written as CODEOWNERS does (`/services/checkout/`, `*.sql`, `web/**`); a repository fits under any of its names
 * (`shop` is `github.com/acme/shop`); else letter case aside, `*` stands for any letters. An empty rule fits nothing.
 */
export function ruleFits({
  field,
  equals,
}: {
  readonly field: string
  readonly equals: string
}): (said: string) => boolean {
  const wanted = equals.trim()
  if (wanted === '') return () => false
  if (field === 'path') {
    const pattern = pathPattern(wanted)
    return (path) => pattern.test(path)
  }
  const fits = textFits(wanted)
  if (field !== 'repository') return fits
  return remembered(
    (repository: string) => isSameRepository(repository, wanted) || repositoryNames(repository).some(fits),
  )
}
