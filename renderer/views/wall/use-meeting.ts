import { useEffect, useState } from 'react'
import { NOTE_INPUT } from './note-form.tsx'

/**
 * The Wall alone on the screen, for Monday's conversation. Keys: 1 to 5 open what is behind a number, left and right go on
 * to its neighbour, N writes a note, Esc closes what is open and then leaves. Where the host grants no full screen the window is filled.
 */
export function useMeeting(
  count: number,
  openAt: number | null,
  open: (index: number | null) => void,
): { readonly isMeeting: boolean; readonly start: () => void; readonly leave: () => void } {
  const [isMeeting, setIsMeeting] = useState(false)

  useEffect(() => {
    if (!isMeeting) return
    const root = document.documentElement
    root.dataset['meeting'] = ''
    const followHost = () => {
      if (!document.fullscreenElement) setIsMeeting(false)
    }
    document.addEventListener('fullscreenchange', followHost)
    return () => {
      delete root.dataset['meeting']
      document.removeEventListener('fullscreenchange', followHost)
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [isMeeting])

  useEffect(() => {
    if (!isMeeting) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const wish = meetingKey(event, count, openAt)
      if (wish === null) return
      event.preventDefault()
      if (wish.kind === 'open') open(wish.index)
      else if (wish.kind === 'write') writeNote()
      else if (wish.kind === 'stop writing') (event.target as HTMLElement).blur()
      else setIsMeeting(false)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isMeeting, count, openAt, open])

  return {
    isMeeting,
    start: () => {
      setIsMeeting(true)
      // A host may refuse; the window is filled all the same.
      document.documentElement.requestFullscreen().catch(() => {})
    },
    leave: () => setIsMeeting(false),
  }
}

/** Puts the cursor where the next note is written. */
function writeNote(): void {
  document.querySelector<HTMLInputElement>(`#${NOTE_INPUT} input`)?.focus()
}

export type MeetingWish =
  { readonly kind: 'leave' | 'write' | 'stop writing' } | { readonly kind: 'open'; readonly index: number | null }

/**
 * What a key means in a meeting; `null` = nothing. Text boxes keep their keys but Esc, what is open above the page keeps all,
 * arrows inside a row of tabs belong to the tabs.
 */
export function meetingKey(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'> & { readonly target?: EventTarget | null },
  count: number,
  openAt: number | null,
): MeetingWish | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (isIn(press.target, 'input, textarea')) return press.key === 'Escape' ? { kind: 'stop writing' } : null
  if (isIn(press.target, '.popover, .shade')) return null
  if (press.key === 'n' || press.key === 'N') return { kind: 'write' }
  if (press.key === 'Escape') return openAt === null ? { kind: 'leave' } : { kind: 'open', index: null }
  const digit = /^[1-9]$/.test(press.key) ? Number(press.key) : 0
  if (digit >= 1 && digit <= count) return { kind: 'open', index: digit - 1 === openAt ? null : digit - 1 }
  if (isIn(press.target, '[role=tablist]')) return null
  if (press.key === 'ArrowRight') return { kind: 'open', index: openAt === null ? 0 : (openAt + 1) % count }
  if (press.key === 'ArrowLeft')
    return { kind: 'open', index: openAt === null ? count - 1 : (openAt + count - 1) % count }
  return null
}

function isIn(target: EventTarget | null | undefined, selector: string): boolean {
  return typeof Element !== 'undefined' && target instanceof Element && target.closest(selector) !== null
}
