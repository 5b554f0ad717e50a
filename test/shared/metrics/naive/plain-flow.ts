import type { PlainMetric, Team, Case } from './plain-metric.ts'
import { spokenByLandings, spokenByPulls } from './plain-metric.ts'
import { mondayOf } from './plain-days.ts'
import { codeLines, isCode } from './plain-lines.ts'
import type { Pull } from './plain-records.ts'

const HOUR = 3_600_000
const hours = (from: number, to: number): number => (to - from) / HOUR

export function isShipping(team: Team): boolean {
  return team.pulls.some(({ isFollowed }) => isFollowed)
}

/** In production where changes can be followed there, else merged. */
export function endOf(team: Team, pull: Pull): number | null {
  return isShipping(team) ? pull.production : pull.merged
}

/** Automation is nobody whose work is measured. */
export function ofPeopleAndAgents(team: Team): readonly Pull[] {
  return team.pulls.filter(({ who }) => who !== 'bot')
}

export function mergedPulls(team: Team): readonly (Pull & { readonly merged: number })[] {
  return ofPeopleAndAgents(team).filter((pull): pull is Pull & { readonly merged: number } => pull.merged !== null)
}

function areReviewsKnown(team: Team): boolean {
  return ofPeopleAndAgents(team).some(({ reviewsKnown }) => reviewsKnown)
}

function toEnd(team: Team, startOf: (pull: Pull) => number | null, backwards: string): PlainMetric | null {
  if (team.pulls.length === 0) return null
  const cases = team.pulls.flatMap((of): readonly Case[] => {
    const [end, start] = [endOf(team, of), startOf(of)]
    if (of.who === 'bot')
      return end === null ? [] : [{ at: end, part: 0, out: 'opened by automation', isFine: true, of }]
    if (end === null)
      return isShipping(team) && !of.isFollowed && of.merged !== null
        ? [{ at: of.merged, part: 0, out: 'repository without deployments', of }]
        : []
    if (start === null) return [{ at: end, part: 0, out: 'commits not in the export', of }]
    return [end < start ? { at: end, part: 0, out: backwards, of } : { at: end, part: hours(start, end), of }]
  })
  return { shape: 'median', cases, quality: isShipping(team) ? 'exact' : 'proxy', spoken: spokenByPulls(team) }
}

function segment(team: Team, casesOf: (pull: Pull) => readonly Case[], pulls = ofPeopleAndAgents(team)): PlainMetric {
  const cases = pulls.flatMap((of) => casesOf(of).map((one) => ({ ...one, of })))
  return { shape: 'median', cases, quality: 'exact', spoken: spokenByPulls(team) }
}

export function cycleTime(team: Team): PlainMetric | null {
  return toEnd(team, ({ opened }) => opened, 'ended before it was opened')
}

export function leadTime(team: Team): PlainMetric | null {
  return toEnd(team, ({ firstCommit }) => firstCommit, 'ended before its first commit')
}

export function codingTime(team: Team): PlainMetric | null {
  if (team.pulls.length === 0) return null
  return segment(
    team,
    ({ merged, firstCommit, opened }) => {
      if (firstCommit === null) return [{ at: merged!, part: 0, out: 'commits not in the export' }]
      if (opened < firstCommit) return [{ at: merged!, part: 0, out: 'first commit after the opening' }]
      return [{ at: merged!, part: hours(firstCommit, opened) }]
    },
    mergedPulls(team),
  )
}

export function reviewLatency(team: Team): PlainMetric | null {
  if (!areReviewsKnown(team)) return null
  return segment(team, ({ review, opened, reviewsKnown, merged }) => {
    if (review !== null && review < opened) return [{ at: review, part: 0, out: 'reviewed before it was opened' }]
    if (review !== null) return [{ at: review, part: hours(opened, review) }]
    return reviewsKnown || merged === null ? [] : [{ at: merged, part: 0, out: 'reviews not in the export' }]
  })
}

export function aiReviewLatency(team: Team): PlainMetric | null {
  if (!areReviewsKnown(team)) return null
  return segment(team, ({ aiReview, opened }) => {
    if (aiReview === null) return []
    if (aiReview < opened) return [{ at: aiReview, part: 0, out: 'reviewed before it was opened' }]
    return [{ at: aiReview, part: hours(opened, aiReview) }]
  })
}

export function reviewTime(team: Team): PlainMetric | null {
  if (!areReviewsKnown(team)) return null
  return segment(
    team,
    ({ merged, review, opened, reviewsKnown }) => {
      if (!reviewsKnown) return [{ at: merged!, part: 0, out: 'reviews not in the export' }]
      if (review === null) return []
      if (review < opened) return [{ at: merged!, part: 0, out: 'reviewed before it was opened' }]
      if (review > merged!) return [{ at: merged!, part: 0, out: 'reviewed after the merge' }]
      return [{ at: merged!, part: hours(review, merged!) }]
    },
    mergedPulls(team),
  )
}

export function deployTime(team: Team): PlainMetric | null {
  if (!isShipping(team)) return null
  return segment(
    team,
    ({ merged, production, isFollowed }) => {
      if (!isFollowed) return [{ at: merged!, part: 0, out: 'repository without deployments' }]
      if (production === null) return []
      if (production < merged!) return [{ at: production, part: 0, out: 'deployed before the merge' }]
      return [{ at: production, part: hours(merged!, production) }]
    },
    mergedPulls(team),
  )
}

export function unreviewedMergeShare(team: Team): PlainMetric | null {
  if (!areReviewsKnown(team)) return null
  return {
    shape: 'ratio',
    isRate: true,
    quality: 'exact',
    spoken: spokenByPulls(team),
    cases: mergedPulls(team).map((of) =>
      of.reviewsKnown
        ? { at: of.merged, part: of.review !== null && of.review <= of.merged ? 0 : 1, of }
        : { at: of.merged, part: 0, out: 'reviews not in the export', of },
    ),
  }
}

/** Without a commit after the first review and without requested changes; where no commits are known, the latter alone. */
export function firstPassAcceptance(team: Team): PlainMetric | null {
  if (!areReviewsKnown(team)) return null
  const isStrict = ofPeopleAndAgents(team).some(({ commitsKnown }) => commitsKnown)
  return {
    shape: 'ratio',
    isRate: true,
    quality: isStrict ? 'exact' : 'proxy',
    spoken: spokenByPulls(team),
    cases: mergedPulls(team).map((of) => {
      const out = (reason: string): Case => ({ at: of.merged, part: 0, out: reason, of })
      if (!of.reviewsKnown) return out('reviews not in the export')
      if (!isStrict) return { at: of.merged, part: of.changesRequested ? 0 : 1, of }
      if (of.review === null || of.review > of.merged) return out('nobody reviewed it')
      if (!of.commitsKnown) return out('commits not in the export')
      return { at: of.merged, part: of.changesRequested || of.commitsAfterReview > 0 ? 0 : 1, of }
    }),
  }
}

export function mergeFrequency(team: Team): PlainMetric | null {
  if (team.pulls.length + team.landings.length === 0) return null
  const byLandings = team.landings.length > 0
  const merged = byLandings
    ? team.landings.filter(({ who }) => who !== 'bot').map((of) => ({ at: of.at, of }))
    : mergedPulls(team).map((of) => ({ at: of.merged, of }))
  return {
    shape: 'ratio',
    quality: byLandings ? 'exact' : 'proxy',
    spoken: byLandings ? spokenByLandings(team) : spokenByPulls(team),
    cases: merged.map(({ at, of }) => ({ at, part: 1, of, ...(of.author === null ? { out: 'no author' } : {}) })),
    sum: (cases) => {
      const authorWeeks = new Set(cases.map(({ at, of }) => `${(of as Pull).author!} ${mondayOf(team.days.of(at))}`))
      return cases.length / authorWeeks.size
    },
  }
}

export function batchSize(team: Team): PlainMetric | null {
  if (!team.hasFiles) return null
  return {
    shape: 'median',
    quality: 'exact',
    spoken: spokenByLandings(team),
    cases: team.landings
      .filter(({ who }) => who !== 'bot')
      .map((of) => {
        const lines = codeLines(of, 'added') + codeLines(of, 'deleted')
        return lines > 0
          ? { at: of.at, part: lines, of }
          : { at: of.at, part: 0, out: 'no code touched', isFine: true, of }
      }),
  }
}

export { isCode }
