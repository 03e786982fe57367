import type { Language, Verdict } from '../../incident/words.ts';
import { mostReportCharacters, type ReportProblem } from './report-file.ts';

type Texts = Record<ReportProblem['problem'], (detail: string) => string> & {
  columns: (place: string) => [string, string, string];
  columnsAlone: [string, string];
  /** `differ` is how many steps look different from there, null when the incident has not looked itself. */
  seenFrom: (place: string, worst: string, differ: number | null, sameVersion: boolean) => string;
  notLooked: string;
  verdicts: Record<Verdict | 'skipped', string>;
};

const how = 'Print one with: muster runbook run FILE --from PLACE --json';

const en: Texts = {
  'too-large': () => `This is larger than any report (${mostReportCharacters / 1024} KiB). ${how}`,
  'no-json': () => `There is no report in this text. ${how}`,
  'typographic-quotes': () =>
    'The quotes in this report were changed to typographic ones on the way (“ instead of "). Post it as a file, or between code fences.',
  'cut-off': () => 'The end of this report is missing. Post it as a file.',
  'other-format': (format) =>
    `This report has the format ${format}, which this version of Muster does not read. Use the same version in both places.`,
  'not-a-report': (detail) => `This is no report of a runbook (${detail}). ${how}`,
  columns: (place) => ['step', 'inside', `from ${place}`],
  columnsAlone: ['step', 'found'],
  seenFrom: (place, worst, differ, sameVersion) =>
    [
      `From ${place}: ${worst}`,
      ...(differ === null
        ? []
        : [
            differ === 0
              ? 'Both views agree.'
              : `${differ === 1 ? 'One step looks' : `${differ} steps look`} different from inside.`,
          ]),
      ...(sameVersion ? [] : ['The runbook was changed between the two.']),
    ].join(' '),
  notLooked: 'not looked at',
  verdicts: { pass: 'pass', warn: 'warn', fail: 'fail', unknown: 'unknown', skipped: 'skipped' },
};

const howKo = '다음 명령으로 출력하세요: muster runbook run FILE --from PLACE --json';

const ko: Texts = {
  'too-large': () => `보고서로 보기에는 너무 큽니다(최대 ${mostReportCharacters / 1024} KiB). ${howKo}`,
  'no-json': () => `이 텍스트에는 보고서가 없습니다. ${howKo}`,
  'typographic-quotes': () =>
    '보고서의 따옴표가 전달 과정에서 둥근 따옴표(“)로 바뀌었습니다. 파일로 올리거나 코드 블록으로 감싸 주세요.',
  'cut-off': () => '보고서의 끝부분이 없습니다. 파일로 올려 주세요.',
  'other-format': (format) =>
    `이 보고서의 형식은 ${format}이며 이 버전의 Muster는 읽을 수 없습니다. 양쪽에서 같은 버전을 사용하세요.`,
  'not-a-report': (detail) => `런북 보고서가 아닙니다(${detail}). ${howKo}`,
  columns: (place) => ['단계', '안쪽', `${place}에서`],
  columnsAlone: ['단계', '결과'],
  seenFrom: (place, worst, differ, sameVersion) =>
    [
      `${place}에서 본 결과: ${worst}`,
      ...(differ === null
        ? []
        : [
            differ === 0
              ? '안쪽에서 본 결과와 같습니다.'
              : `안쪽과 다르게 보이는 단계가 ${differ}개 있습니다.`,
          ]),
      ...(sameVersion ? [] : ['두 점검 사이에 런북이 변경되었습니다.']),
    ].join(' '),
  notLooked: '확인하지 않음',
  verdicts: { pass: '정상', warn: '주의', fail: '실패', unknown: '확인 불가', skipped: '건너뜀' },
};

/** Why a text is no report and what to do about it, and the words of the table that puts two views side by side. */
export const reportMessages = (language: Language): Texts => (language === 'ko' ? ko : en);
