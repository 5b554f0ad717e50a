import { goTo } from '../commands/index.ts'
import { useScreen } from '../stores/screen.ts'
import { PLACE_NAMES, hashOfPlace, placeOfHash } from './places.ts'

/** Keeps the address and the place on screen the same, so that a reload and Back return to where one was. */
export function followPlace(): void {
  const asked = placeOfHash(location.hash)
  if (asked) goTo(asked)
  useScreen.subscribe((now, before) => {
    if (now.place === before.place) return
    const hash = hashOfPlace(now.place)
    if (location.hash !== hash) location.hash = hash
    document.title = `${PLACE_NAMES[now.place]} – Quarterdeck`
  })
  addEventListener('hashchange', () => {
    const place = placeOfHash(location.hash)
    if (place && place !== useScreen.getState().place) goTo(place)
  })
}
