import type { StatisticCode } from './instructions.ts'
import { deviationOf, meanOf, quantileOf } from './spread-of.ts'

/** A statistic over all samples; `p` counts samples that are known and not 0 among all. */
export function statisticOf(code: StatisticCode, samples: Float64Array): number {
  switch (code) {
    case 'p': {
      let holds = 0
      for (let i = 0; i < samples.length; i++) if (samples[i]! !== 0 && samples[i]! === samples[i]!) holds++
      return holds / samples.length
    }
    case 'mean':
      return meanOf(samples)
    case 'sd':
      return deviationOf(samples)
    default:
      return quantileOf(samples, Number(code.slice(1)) / 100)
  }
}
