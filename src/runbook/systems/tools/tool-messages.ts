import type { Language } from '../../../incident/words.ts';
import type { NotStarted } from './run-tool.ts';

const en = {
  output: 'last lines',
  notListed: (name: string) =>
    `No tool "${name}" is listed, so nothing was run: an operator adds tools: { ${name}: { path: /absolute/path } } to muster.yaml.`,
  isChange: (name: string) =>
    `The tool ${name} changes something (effect: change in muster.yaml), so nothing was run: use run-change, which people approve.`,
  isRead: (name: string) =>
    `The tool ${name} is listed as a read (muster.yaml), so nothing was run: use run, or list it with effect: change.`,
  notStarted: {
    missing: (name: string, detail: string) =>
      `The tool ${name} was not run: its path in muster.yaml leads nowhere (${detail}).`,
    'no-file': (name: string, detail: string) => `The tool ${name} was not run: ${detail} is no file.`,
    'not-executable': (name: string, detail: string) =>
      `The tool ${name} was not run: ${detail} is not executable (chmod +x).`,
    writable: (name: string, detail: string) =>
      `The tool ${name} was not run: everybody on the machine may change ${detail} (chmod o-w).`,
    broken: (name: string, detail: string) => `The tool ${name} could not be started (${detail}).`,
  } satisfies Record<NotStarted['notStarted'], (name: string, detail: string) => string>,
  timedOut: (name: string, ms: number) =>
    `The tool ${name} gave no answer within ${ms / 1000} s and was killed with all its children.`,
  killed: (name: string) => `The tool ${name} was killed from outside before it ended.`,
  invalid: (name: string, problem: string) =>
    `The tool ${name} wrote a verdict that is not valid (${problem}).`,
  contradicts: (name: string, code: number) =>
    `The tool ${name} says pass and ends with exit code ${code}: one of them is wrong.`,
  passed: (name: string, last: string) => `${name} ended well${last === '' ? '' : `: ${last}`}.`,
  failed: (name: string, code: number, last: string) =>
    `${name} ended with exit code ${code}${last === '' ? '' : `: ${last}`}.`,
  preview: (name: string, args: string) =>
    `Runs the tool ${name} of muster.yaml once, with the arguments ${args}.`,
};

/** What the tool steps say. */
export type ToolMessages = typeof en;

const ko: ToolMessages = {
  output: '마지막 출력',
  notListed: (name) =>
    `"${name}" 도구가 등록되어 있지 않아 아무것도 실행하지 않았습니다. 운영자가 muster.yaml에 tools: { ${name}: { path: /절대/경로 } }를 추가해야 합니다.`,
  isChange: (name) =>
    `${name} 도구는 변경 도구(muster.yaml의 effect: change)이므로 아무것도 실행하지 않았습니다. 승인을 받는 run-change를 사용하세요.`,
  isRead: (name) =>
    `${name} 도구는 조회용으로 등록되어 있어 아무것도 실행하지 않았습니다. run을 사용하거나 effect: change로 등록하세요.`,
  notStarted: {
    missing: (name, detail) =>
      `${name} 도구를 실행하지 않았습니다. muster.yaml의 경로에 파일이 없습니다(${detail}).`,
    'no-file': (name, detail) => `${name} 도구를 실행하지 않았습니다. ${detail} 경로가 파일이 아닙니다.`,
    'not-executable': (name, detail) =>
      `${name} 도구를 실행하지 않았습니다. ${detail} 파일에 실행 권한이 없습니다(chmod +x).`,
    writable: (name, detail) =>
      `${name} 도구를 실행하지 않았습니다. 이 서버의 모든 사용자가 ${detail} 경로를 바꿀 수 있습니다(chmod o-w).`,
    broken: (name, detail) => `${name} 도구를 시작하지 못했습니다(${detail}).`,
  },
  timedOut: (name, ms) =>
    `${name} 도구가 ${ms / 1000}초 안에 응답하지 않아 자식 프로세스까지 모두 종료했습니다.`,
  killed: (name) => `${name} 도구가 끝나기 전에 외부에서 종료되었습니다.`,
  invalid: (name, problem) => `${name} 도구가 출력한 판정이 올바르지 않습니다(${problem}).`,
  contradicts: (name, code) =>
    `${name} 도구가 pass라고 했지만 종료 코드는 ${code}입니다. 둘 중 하나가 잘못되었습니다.`,
  passed: (name, last) => `${name} 도구가 정상적으로 끝났습니다${last === '' ? '' : `: ${last}`}.`,
  failed: (name, code, last) =>
    `${name} 도구가 종료 코드 ${code}로 끝났습니다${last === '' ? '' : `: ${last}`}.`,
  preview: (name, args) => `muster.yaml에 등록된 ${name} 도구를 인자 ${args}로 한 번 실행합니다.`,
};

/** What the tool steps say, in the channel's language. */
export const toolMessages = (language: Language): ToolMessages => (language === 'ko' ? ko : en);
