/** A bug of ours, not unusual data: the error boundary shows a copyable report and the workspace stays open. */
export class BugError extends Error {
  override readonly name = 'BugError'
}

export function assertThat(holds: boolean, developerText: string): asserts holds {
  if (!holds) throw new BugError(developerText)
}

/** Closes a switch over a union: a new member that is not handled fails to compile. */
export function assertNever(value: never): never {
  throw new BugError(`unhandled: ${JSON.stringify(value)}`)
}
