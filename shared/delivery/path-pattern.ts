/** What a path is held against. */
export interface PathPattern {
  test(path: string): boolean
}

/** Up to as many open places an expression tries few ways; with every further one its worst case is a path longer. */
const MOST_OPEN = 2

/**
 * Patterns as in `.gitignore`: `*` stays within a folder, `**` does not, a leading or inner slash ties to the root, a folder
 * means everything in it. `docs/` fits `a/docs/x.md`; `/docs/` does not. Whatever the pattern, a path is gone through once.
 */
export function pathPattern(pattern: string): PathPattern {
  const bare = pattern.replace(/^\/+/, '').replace(/\/+$/, '')
  const isTied = pattern.startsWith('/') || bare.includes('/')
  const pieces = bare.split(/(\/\*\*\/|\*\*\/|\/\*\*|\*+|\?)/).filter((piece) => piece !== '')
  const open = pieces.filter((piece) => piece.includes('*')).length + (isTied ? 0 : 1)
  return (open > MOST_OPEN ? walkOf : expressionOf)(isTied ? pieces : ['**/', ...pieces], endOf(pattern, bare))
}

/** What may stand behind the pattern: `below` = nothing or what is in that folder, `inside` = only that. */
type End = 'below' | 'inside' | 'nothing'

function endOf(pattern: string, bare: string): End {
  if (pattern.endsWith('/')) return 'inside'
  // A star at the end of a path names the files of that folder, not those of folders in it.
  return bare.endsWith('/*') ? 'nothing' : 'below'
}

export function expressionOf(pieces: readonly string[], end: End): PathPattern {
  const body = pieces.map((piece) => {
    if (piece === '/**/') return '/(?:.*/)?'
    if (piece === '**/') return '(?:.*/)?'
    if (piece === '/**') return '/.*'
    if (piece === '*') return '[^/]*'
    if (piece === '?') return '[^/]'
    return piece.startsWith('**') ? '.*' : piece.replaceAll(/[\\^$.|+()[\]{}*?]/g, '\\$&')
  })
  const behind = { below: '(?:/.*)?', inside: '/.*', nothing: '' }[end]
  return new RegExp(`^${body.join('')}${behind}$`, 's')
}

/** One letter; any but a slash; any number of those; any number of any; folders, which may be left out, and their slash. */
type Step = { readonly letter: string } | 'one' | 'name' | 'any' | 'folders' | 'slash'

/** Goes through a path letter by letter with all places of the pattern it may stand at. */
export function walkOf(pieces: readonly string[], end: End): PathPattern {
  const steps = pieces.flatMap((piece): readonly Step[] => {
    if (piece === '/**/') return [{ letter: '/' }, 'folders', 'slash']
    if (piece === '**/') return ['folders', 'slash']
    if (piece === '/**') return [{ letter: '/' }, 'any']
    if (piece === '*') return ['name']
    if (piece === '?') return ['one']
    return piece.startsWith('**') ? ['any'] : Array.from({ length: piece.length }, (_, i) => ({ letter: piece[i]! }))
  })
  const last = steps.length
  /** Stands at a place, and at those that may be reached without a letter. */
  function stand(places: Uint8Array, first: number): void {
    const reached = [first]
    for (const at of reached) {
      if (places[at] === 1) continue
      places[at] = 1
      const step = steps[at]
      if (step === 'name' || step === 'any') reached.push(at + 1)
      // Folders are begun or left out; begun, they end with a slash.
      if (step === 'folders') reached.push(at + 1, at + 2)
    }
  }
  return {
    test(path) {
      let places = new Uint8Array(last + 1)
      stand(places, 0)
      for (let i = 0; i < path.length; i++) {
        const letter = path[i]!
        if (letter === '/' && end !== 'nothing' && places[last] === 1) return true
        const next = new Uint8Array(last + 1)
        for (let at = 0; at < last; at++) {
          if (places[at] !== 1) continue
          const step = steps[at]!
          if (typeof step === 'object') {
            if (step.letter === letter) stand(next, at + 1)
          } else if (step === 'any' || (step === 'name' && letter !== '/')) stand(next, at)
          else if (step === 'one' && letter !== '/') stand(next, at + 1)
          else if (step === 'slash') {
            stand(next, at)
            if (letter === '/') stand(next, at + 1)
          }
        }
        places = next
      }
      return end !== 'inside' && places[last] === 1
    },
  }
}
