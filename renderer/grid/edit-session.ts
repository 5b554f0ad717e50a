import type { Cell } from './range.ts'
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

/** One edit at a time, shared by the editor in the cell and the formula bar. The grid only decides where the editor stands. */
export class EditSession {
  /** The text box in the cell, while it has one. */
  input: HTMLTextAreaElement | null = null
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

  end(): void {
    this.input = null
    this.change(CLOSED)
  }

  private change(state: EditState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
