import { useCallback } from 'react'
import { estimatesOfSpend } from '../../commands/index.ts'
import { EstimateList } from '../../measured/estimate-list.tsx'
import { useAsked } from '../../measured/use-asked.ts'
import type { ActualCell } from '../../stores/figures.ts'

/** The rates that the estimated part of some spend was worked out by; nothing where none is. */
export function SpendEstimates({ spend }: { readonly spend: readonly ActualCell[] }) {
  const told = useAsked(useCallback(() => estimatesOfSpend(spend), [spend]))
  return told === 'working' || told === null ? null : <EstimateList estimates={told} currency={spend[0]!.currency} />
}
