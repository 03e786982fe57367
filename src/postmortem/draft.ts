import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Incident, incidentName } from '../incident/state.ts';
import type { Language } from '../incident/words.ts';
import { messages, whenText } from './messages.ts';
import { type DrawChart, picturesOf } from './pictures.ts';
import { rehearsal } from './rehearsal.ts';
import { createTemplates, type Template } from './template.ts';
import { postmortemView, type ViewContext } from './view.ts';

/** A postmortem ready to be published: one branch, one commit, one pull request. Branch, path, title and message come from ids only. */
export type PostmortemDraft = {
  branch: string;
  title: string;
  body: string;
  commit: { message: string; name: string; email: string; at: number };
  files: { path: string; content: string }[];
  labels: string[];
  reviewers: string[];
};

/** The draft's environment: names, zone and addresses, the labels, the reviewers' GitHub logins, and how charts are drawn. */
export type DraftContext = ViewContext & {
  labels: string[];
  reviewers: string[];
  drawChart: DrawChart;
};

/** Writes the draft of an incident. The same log and context give the same draft. */
export type DraftPostmortem = (incident: Incident, context: DraftContext) => PostmortemDraft;

/** The parsed templates of one language: the document, and the text of its pull request. */
type Templates = { postmortem: Template; pullRequest: Template };

/** An address that can't exist (RFC 2606): any other could make GitHub show somebody else as the author. */
const noReply = 'noreply@muster.invalid';

/** GitHub refuses a pull request whose body is longer than 65,536 characters. */
const maxBody = 60_000;

const languages: readonly Language[] = ['en', 'ko'];

/**
 * Reads `postmortem.<language>.md` and `pull-request.<language>.md` from a directory, once, and returns the writer of drafts. Throws a
 * Failure with file, line and column for a template that can't be parsed or that prints something unknown, found by a rehearsal.
 * `redact` masks secrets in everything that is printed.
 */
export function createDraftWriter(directory: string, redact: (text: string) => string): DraftPostmortem {
  const parse = createTemplates(redact);
  const read = (name: string) => parse(readFileSync(join(directory, name), 'utf8'), name);
  const templates = Object.fromEntries(
    languages.map((language): [Language, Templates] => [
      language,
      { postmortem: read(`postmortem.${language}.md`), pullRequest: read(`pull-request.${language}.md`) },
    ]),
  ) as Record<Language, Templates>;

  for (const language of languages) {
    const view = rehearsal(language);
    templates[language].postmortem(view);
    templates[language].pullRequest(view);
  }

  return (incident, context) => {
    const { state } = incident;
    const name = incidentName(incident.id);
    const opened = whenText(state.openedAt, context.timezone).day;
    const folder = `postmortems/${opened.slice(0, 4)}`;
    const path = `${folder}/${name}.md`;
    const pictures = picturesOf(incident, context.drawChart);
    const view = { ...postmortemView(incident, context, pictures), path };
    const { postmortem, pullRequest } = templates[state.language];
    return {
      branch: `postmortem/${name}`,
      title: messages[state.language].title(name.toUpperCase(), state.severity, opened),
      body: pullRequest(view).slice(0, maxBody).toWellFormed(),
      commit: {
        message: `Add the postmortem draft of ${name}`,
        name: 'Muster',
        email: noReply,
        at: state.postmortem?.requestedAt ?? state.openedAt,
      },
      files: [
        { path, content: postmortem(view) },
        ...pictures.map(({ file, svg }) => ({ path: `${folder}/${file}`, content: svg })),
      ],
      labels: context.labels,
      reviewers: context.reviewers,
    };
  };
}
