/** Resolutions and reasons, in the words trackers ship with, of work that ended without being done. */
const DROPPED =
  /^(?:won.?t (?:do|fix|implement)|wont(?:fix|do)|duplicate(?: of\b.*)?|(?:cannot|can.?t|not) (?:be )?reproduc(?:e|ed|ible)|declined|cancell?ed|invalid|rejected|abandoned|obsolete|incomplete|not (?:a bug|an issue|planned|done|needed|fixed)|(?:works )?as designed|withdrawn|no longer needed|out of (?:date|scope)|removed(?: from the backlog)?|cut|dropped)$/i

/** `dropped` for a word that says so, else null: of words of one's own nothing is guessed. */
export function outcomeOf(word: string | null): 'dropped' | null {
  return word !== null && DROPPED.test(word.trim().replaceAll('_', ' ')) ? 'dropped' : null
}
