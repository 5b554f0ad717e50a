import { type EditorState, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view'
import { functionNamed, parseFormula, piecesOf } from '../../../shared/formula/index.ts'
import { readingsOf } from '../../../shared/model/index.ts'

const CLASSES: Readonly<Record<string, string>> = {
  Number: 'formula-number',
  Month: 'formula-month',
  Text: 'formula-string',
  Name: 'formula-name',
  Quoted: 'formula-name',
  Comment: 'formula-comment',
  To: 'formula-word',
  Of: 'formula-word',
  AtWord: 'formula-word',
}
const MARKS = new Map([...new Set(Object.values(CLASSES)), 'formula-function'].map((name) => [name, mark(name)]))

/** A range's reading beside it, so that nobody has to remember which percentiles its ends are. */
class ReadingChip extends WidgetType {
  private readonly text: string

  constructor(text: string) {
    super()
    this.text = text
  }

  override eq(other: ReadingChip): boolean {
    return other.text === this.text
  }

  override toDOM(): HTMLElement {
    const chip = document.createElement('span')
    chip.className = 'formula-reading'
    chip.textContent = this.text
    return chip
  }
}

/** Colours by the kinds of the language's own grammar, and a chip after every range. */
export const formulaLook = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = decorate(view.state)
    }

    update({ docChanged, state }: ViewUpdate): void {
      if (docChanged) this.decorations = decorate(state)
    }
  },
  { decorations: ({ decorations }) => decorations },
)

function mark(name: string): Decoration {
  return Decoration.mark({ class: name })
}

function decorate(state: EditorState): DecorationSet {
  const text = state.doc.toString()
  const isFormula = text.startsWith('=')
  // A month's own range is typed without the sign.
  if (!isFormula && !/\d.*\s(to|of)\s/i.test(text)) return Decoration.none
  const from = isFormula ? 1 : 0
  const formula = text.slice(from)
  const pieces = piecesOf(formula).flatMap(({ kind, place }) => {
    const isCall = kind === 'Name' && formula[place.to] === '(' && functionNamed(formula.slice(place.from, place.to))
    const name = isCall ? 'formula-function' : CLASSES[kind]
    return name === undefined ? [] : [{ from: place.from, to: place.to, value: MARKS.get(name)! }]
  })
  const chips = readingsOf(parseFormula(formula).ast, false).map(({ place, text: reading }) => ({
    from: place.to,
    to: place.to,
    value: Decoration.widget({ widget: new ReadingChip(reading), side: 1 }),
  }))
  const builder = new RangeSetBuilder<Decoration>()
  for (const one of [...pieces, ...chips].sort((a, b) => a.from - b.from || a.to - b.to))
    builder.add(from + one.from, from + one.to, one.value)
  return builder.finish()
}
