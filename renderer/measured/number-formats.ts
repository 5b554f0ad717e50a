/** How a value of this unit is typed; `%` fields hold shares 0 … 1. */
export function formatOfUnit(unit: string, currency: string): Intl.NumberFormatOptions {
  if (unit === '%') return { style: 'percent', maximumFractionDigits: 3 }
  if (unit === '$') return { style: 'currency', currency, minimumFractionDigits: 0, maximumFractionDigits: 4 }
  return { maximumFractionDigits: 4 }
}

export const UNIT_CHOICES = [
  { id: '%', label: 'Percent' },
  { id: 'h', label: 'Hours' },
  { id: '$', label: 'Money' },
  { id: 'tokens', label: 'Tokens' },
  { id: 'per week', label: 'Per week' },
  { id: '1', label: 'Number' },
] as const
