import { useId } from 'react'
import type { Brief, BriefSection, BriefSentence } from '../../../shared/brief/index.ts'

/** The brief as paper: white in both themes, numbered sources at the foot, and under the pointer the sources of a sentence. */
export function BriefPage({ brief }: { readonly brief: Brief }) {
  const sources = [
    ...new Set(brief.sections.flatMap(({ sentences }) => sentences.flatMap((sentence) => sentence.sources))),
  ]
  return (
    <article className="paper selectable" aria-label={`Brief: ${brief.title}`}>
      <header>
        <h1>{brief.title}</h1>
        <p>{brief.subtitle}</p>
      </header>
      {brief.sections.map((section) => (
        <Section key={section.heading} section={section} sources={sources} />
      ))}
      <footer>
        <ol className="paper-sources" aria-label="Sources">
          {sources.map((source, index) => (
            <li key={source}>
              <sup>{index + 1}</sup> {source}
            </li>
          ))}
        </ol>
        <p>{brief.disclaimer}</p>
      </footer>
    </article>
  )
}

function Section({ section, sources }: { readonly section: BriefSection; readonly sources: readonly string[] }) {
  const { heading, sentences, table } = section
  return (
    <section>
      <h2>{heading}</h2>
      <div>
        {sentences.length > 0 && (
          <p>
            {sentences.map((sentence, index) => (
              <Sentence key={index} sentence={sentence} sources={sources} />
            ))}
          </p>
        )}
        {table && (
          <table>
            <caption>{table.caption}</caption>
            <thead>
              <tr>
                {table.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, index) =>
                    index === 0 ? (
                      <th key={index} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={index}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}

function Sentence({ sentence, sources }: { readonly sentence: BriefSentence; readonly sources: readonly string[] }) {
  const id = useId()
  if (sentence.sources.length === 0) return <>{sentence.text} </>
  const marks = sentence.sources.map((source) => sources.indexOf(source) + 1).join(',')
  return (
    <>
      <span className="paper-sentence" tabIndex={0} aria-describedby={id}>
        {sentence.text}
        <sup aria-hidden="true">{marks}</sup>
        <span className="paper-lineage" role="tooltip" id={id}>
          From {sentence.sources.join(', ')}
        </span>
      </span>{' '}
    </>
  )
}
