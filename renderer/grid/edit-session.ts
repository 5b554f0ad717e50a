import { flushSync } from 'react-dom'
import type { Cell } from './range.ts'
import type { Pointed } from './formula-help.ts'
import type { SheetMode } from './keymap.ts'

export interface EditState {
  readonly cell: Cell | null
  readonly text: string
  /** What was there when the edit began. */
  readonly before: string
  readonly mode: Exclude<SheetMode, 'ready'>
  /** Where the caret is; the cell and the formula bar show the same text. */
  readonly place: 'cell' | 'bar'
}

const CLOSED: EditState = { cell: null, text: '', before: '', mode: 'enter', place: 'cell' }

/** The text box an edit happens in, in the cell or in the formula bar. */
export interface EditBox {
  readonly caret: () => number
  /** Takes the focus and puts the caret there. */
  readonly place: (caret: number) => void
  /** Offers a key to the list of names, while that is shown; true = it took it. */
  readonly takesKey: (key: string) => boolean
}

/** One edit at a time, shared by the editor in the cell and the formula bar. The grid only decides where the editor stands. */
export class EditSession {
  box: EditBox | null = null
  /** The row named last by a click, so that the next click replaces it. */
  pointed: Pointed | null = null
  private state: EditState = CLOSED
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  readonly read = (): EditState => this.state

  begin(cell: Cell, text: string, before: string, mode: EditState['mode'], place: EditState['place']): void {
    this.change({ cell, text, before, mode, place })
  }

  write(text: string): void {
    this.change({ ...this.state, text })
  }

  setMode(mode: EditState['mode']): void {
    this.change({ ...this.state, mode })
  }

  /** Where the caret is; at the end while there is no box yet. */
  caret(): number {
    return Math.min(this.box?.caret() ?? Infinity, this.state.text.length)
  }

  /** Writes the text and puts the caret, once the box shows it. */
  place(text: string, caret: number): void {
    // Shown at once: a key pressed before the caret stands would go elsewhere.
    flushSync(() => this.write(text))
    this.box?.place(caret)
  }

  end(): void {
    this.box = null
    this.pointed = null
    this.change(CLOSED)
  }

  private change(state: EditState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
