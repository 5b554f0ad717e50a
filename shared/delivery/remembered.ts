/** The function with its answers kept: names and paths repeat by the thousand. */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let own = known.get(text)
    if (own === undefined) known.set(text, (own = answer(text)))
    return own
  }
}
