import { z } from 'zod';
import type { Incident } from '../../../incident/state.ts';
import { isOver, isUnderWay, type StepState } from '../../../incident/steps.ts';
import { oneLine, slackCode, slackText } from '../../../kit/text.ts';
import { type Answer, say } from '../answer.ts';
import { change } from '../change.ts';
import { splitWord } from '../command-line.ts';
import { selectInput } from '../form-inputs.ts';
import { requestStep } from '../request-step.ts';
import type { Ask, IncidentVerb } from '../verb.ts';

/** Names the runbook that runs, where only one does. */
const anyRunbook = '*';

const input = z.object({
  /** `list`, `start:<runbook>`, `run:<step>` or `cancel:<runbook>`. */
  choice: z.string('needed').regex(/^(list$|start:.|run:.|cancel:.)/, 'needed'),
});

/** Lists the runbooks, starts one, runs a step again, or cancels what has not begun. */
export const runbook: IncidentVerb<z.infer<typeof input>> = {
  of: 'incident',
  name: 'runbook',
  aliases: ['rb', '런북'],
  about: {
    en: 'List the runbooks, start or cancel one, or run a step again.',
    ko: '런북 목록을 보고, 시작·취소하거나 단계를 다시 실행합니다.',
  },
  usage: 'runbook [list | start NAME | run STEP | cancel [NAME]]',
  example: 'runbook start redis-sentinel',
  effect: 'change',
  input,
  inline: (words) => {
    const [what, given] = splitWord(words);
    const name = given === '' && what.toLowerCase() === 'cancel' ? anyRunbook : given;
    return words === ''
      ? { choice: 'list' }
      : { choice: name ? `${what.toLowerCase()}:${name}` : what.toLowerCase() };
  },
  form: {
    title: (texts) => texts.state.runbook,
    submit: (texts) => texts.modal.runbook,
    blocks: ({ texts, deps, asker }, _raw, incident) => {
      const starts = deps.runbooks.list(asker.language).map(({ name, title }) => ({
        value: `start:${name}`,
        label: title,
        about: texts.runbooks.start,
      }));
      const again = (incident?.state.runs ?? []).flatMap((run) =>
        run.steps
          .filter(isOver)
          .map((step) => ({ value: `run:${step.id}`, label: step.title, about: texts.runbooks.again })),
      );
      const cancels = (incident?.state.runs ?? [])
        .filter(isUnderWay)
        .map(({ name, title }) => ({ value: `cancel:${name}`, label: title, about: texts.runbooks.cancel }));
      const choices = [...again, ...cancels, ...starts].filter(({ value }) => value.length <= 75);
      return choices.length > 0
        ? [selectInput({ name: 'choice', label: texts.state.runbook, choices })]
        : [
            selectInput({
              name: 'choice',
              label: texts.runbooks.none,
              choices: [{ value: 'list', label: '—' }],
            }),
          ];
    },
  },
  async run({ choice }, ask, incident) {
    const [what = '', name = ''] = /^(\w+):?([\s\S]*)$/.exec(choice)?.slice(1) ?? [];
    if (what === 'start') return start(ask, incident, name);
    if (what === 'run') return rerun(ask, incident, name);
    if (what === 'cancel') return cancel(ask, incident, name);
    return say(overview(ask, incident).join('\n'));
  },
};

async function start(ask: Ask, incident: Incident, name: string): Promise<Answer> {
  const pinned = await ask.deps.runbooks.pin(name, incident);
  if (pinned === null) return say(ask.texts.done.noSuchRunbook(slackCode(oneLine(name, 60))));
  const title = slackText(oneLine(pinned.title, 100));
  const command = { type: 'StartRunbook' as const, runbook: pinned, rule: 'by-person' };
  return change(ask, incident, 'runbook', command, {
    done: () => ask.texts.done.runbookStarted(title),
    same: () => ask.texts.done.runbookRunning(title),
  });
}

async function rerun(ask: Ask, incident: Incident, wanted: string): Promise<Answer> {
  const run = incident.state.runs.findLast((one) => one.steps.some((step) => step.id === wanted));
  const { refusals } = ask.texts;
  if (!run) return say(refusals['no-such-step'](slackCode(oneLine(wanted, 60))));
  return requestStep(ask, incident, { run: run.run, step: wanted });
}

async function cancel(ask: Ask, incident: Incident, wanted: string): Promise<Answer> {
  const open = incident.state.runs.filter(
    (run) => (wanted === anyRunbook || run.name === wanted) && isUnderWay(run),
  );
  const [run] = open;
  if (run === undefined) return say(ask.texts.runbooks.nothingToCancel);
  if (open.length > 1)
    return say(
      ask.texts.runbooks.whichOne(
        open.map(({ name }) => slackCode(`/incident runbook cancel ${name}`)).join(', '),
      ),
    );
  const title = slackText(oneLine(run.title, 100));
  const said = () => ask.texts.done.runbookCancelled(title);
  return change(
    ask,
    incident,
    'runbook',
    { type: 'CancelRunbook', run: run.run },
    { done: said, same: said },
  );
}

function overview({ texts, deps, asker }: Ask, { state }: Incident): string[] {
  const known = deps.runbooks.list(asker.language);
  const running = state.runs.flatMap((run) => [
    `*${texts.runbooks.running}: ${slackText(oneLine(run.title, 100))}*`,
    ...run.steps.map((step) => `${slackCode(step.id)} ${stepState(texts, step)}`),
  ]);
  return [
    ...running,
    `*${texts.runbooks.heading}*`,
    ...(known.length > 0
      ? known.map(({ name, title }) => `${slackCode(name)} ${slackText(oneLine(title, 100))}`)
      : [texts.runbooks.none]),
    texts.runbooks.how,
  ];
}

function stepState(texts: Ask['texts'], { phase }: StepState): string {
  if (phase.is === 'over')
    return `${texts.verdict[phase.report.verdict]}: ${slackText(oneLine(phase.report.sentence, 120))}`;
  return texts.phase[phase.is];
}
