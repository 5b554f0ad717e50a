import { type Template, TEMPLATES } from '../../../shared/templates/index.ts'
import { Chip } from '../../parts/index.ts'

/** Every template as a question one might ask, with how well its defaults are founded. */
export function TemplateGallery({
  onChoose,
  isDisabled,
}: {
  readonly onChoose: (templateId: string) => void
  readonly isDisabled: boolean
}) {
  return (
    <ul className="template-gallery" aria-label="Templates">
      {TEMPLATES.map((template) => (
        <li key={template.id}>
          <button type="button" className="template-card" disabled={isDisabled} onClick={() => onChoose(template.id)}>
            <strong>{template.name}</strong>
            <span>{template.question}</span>
            <span className="small dim">{template.caution}</span>
            <span className="row row-wrap template-evidence">
              {evidenceCounts(template).map(([word, count]) => (
                <Chip key={word}>
                  {count} {word}
                </Chip>
              ))}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** How many drivers rest on what, most first; your own history replaces them when the scenario is made. */
function evidenceCounts({ rows }: Template): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { kind, evidence } of rows) {
    if (kind !== 'driver') continue
    const word = evidence.kind === 'guess' ? 'guessed' : evidence.kind
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])
}
