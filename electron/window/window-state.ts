import type { BrowserWindow, Rectangle } from 'electron'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Where the window stood when it was last closed. Without `x` and `y` the system chooses the place. */
export interface WindowState {
  readonly bounds: { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number }
  readonly isMaximized: boolean
}

const FIRST: WindowState = { bounds: { width: 1440, height: 900 }, isMaximized: false }
const LEAST = { width: 960, height: 600 }
const MOST = 16_384
/** At least this much of the title bar must be on a display, or the window could not be caught again. */
const GRIP = { width: 120, height: 40 }

export function readWindowState(file: string, displays: readonly Rectangle[]): WindowState {
  try {
    return judgeWindowState(JSON.parse(readFileSync(file, 'utf8')), displays)
  } catch {
    return FIRST
  }
}

/** Takes what stands in the file as a wish: sizes within reason, a place only where a display still is. */
export function judgeWindowState(wish: unknown, displays: readonly Rectangle[]): WindowState {
  if (typeof wish !== 'object' || wish === null) return FIRST
  const { x, y, width, height, isMaximized } = wish as Record<string, unknown>
  if (!isWhole(width) || !isWhole(height)) return FIRST
  const size = {
    width: Math.min(Math.max(width, LEAST.width), MOST),
    height: Math.min(Math.max(height, LEAST.height), MOST),
  }
  const isPlaced = isWhole(x) && isWhole(y) && displays.some((area) => isReachable({ x, y, ...size }, area))
  return { bounds: isPlaced ? { x, y, ...size } : size, isMaximized: isMaximized === true }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const left = Math.max(window.x, area.x)
  const right = Math.min(window.x + window.width, area.x + area.width)
  return (
    right - left >= GRIP.width && window.y >= area.y - GRIP.height && window.y <= area.y + area.height - GRIP.height
  )
}

/** Remembers the place half a second after the last move, and at closing. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined
  const write = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized()) return
    const state = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(`${file}.tmp`, JSON.stringify(state))
      renameSync(`${file}.tmp`, file)
    } catch (error) {
      // A window that opens in the usual place next time is no reason to stop.
      console.warn('The place of the window was not kept:', error)
    }
  }
  const writeSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(write, 500)
  }
  window.on('resize', writeSoon)
  window.on('move', writeSoon)
  window.on('close', write)
}
