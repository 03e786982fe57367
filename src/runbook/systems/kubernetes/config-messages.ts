import type { Language } from '../../../incident/words.ts';
import type { JsonFault } from './json-fault.ts';
import type { NginxFault } from './parse-nginx.ts';

const expectedEn: Record<JsonFault['expected'], string> = {
  value: 'a value is expected',
  name: 'a name in double quotes is expected',
  colon: '":" is expected after the name',
  comma: '"," or a closing bracket is expected',
  string: 'the string does not end, or has a character that must be escaped',
  end: 'the text goes on after its end',
};
const nginxEn: Record<NginxFault['kind'], (name: string) => string> = {
  unterminated: (name) => `"${name}" is not ended by ";"`,
  'unclosed-block': (name) => `the block "${name}" has no closing "}"`,
  'unclosed-quote': (name) => `a quote (${name}) is not closed`,
  unexpected: (name) => `unexpected "${name}"`,
  unknown: (name) => `"${name}" is no directive: a slip in its name, or a quote or brace wrong before it`,
  arguments: (name) => `"${name}" has wrong arguments; is a ";" missing?`,
  duplicate: (name) => `this "${name}" is there twice`,
};

const en = {
  columns: ['ConfigMap', 'finding'],
  absent: 'does not exist',
  keys: (keys: string[]) => (keys.length === 0 ? 'is empty' : `keys ${keys.join(', ')}`),
  mapMissing: (map: string, by: string, workload: string) =>
    `ConfigMap ${map} does not exist, but ${by} asks for it: new pods of ${workload} cannot start until it is created.`,
  keyMissing: (map: string, key: string, by: string, there: string) =>
    `ConfigMap ${map} has no key ${key}, which ${by} asks for (it has: ${there || 'none'}); correct one of the two.`,
  nginxReads: (path: string) => `nginx configuration parses; mounted as ${path}`,
  nginxFault: ({ line, column, kind, name }: NginxFault) =>
    `line ${line}, column ${column}: ${nginxEn[kind](name)}`,
  nginxBroken: (place: string, what: string) =>
    `nginx refuses the configuration in ConfigMap ${place} (${what}): it does not start, or keeps what it had before.`,
  jsonReads: 'JSON parses',
  jsonFault: ({ line, column, expected }: JsonFault) =>
    `line ${line}, column ${column}: ${expectedEn[expected]}`,
  answerFault: ({ line, column, expected }: JsonFault) =>
    `JSON answer, its line ${line}, column ${column}: ${expectedEn[expected]}`,
  jsonBroken: (place: string, what: string) =>
    `The JSON in ConfigMap ${place} does not parse (${what}); whoever reads it gets an error.`,
  servedFrom: (path: string) => `read from ${path}, which a ConfigMap gives`,
  notServed: (path: string) => `read from ${path}, where no ConfigMap puts a file`,
  noFile: 'no location with a file',
  noLocation: (uri: string) =>
    `No nginx configuration in a ConfigMap says which file answers ${uri}, so its mount cannot be checked.`,
  elsewhere: (at: string, wanted: string, file: string, mounted: string) =>
    `The server reads ${wanted} (${at}), but ${file} is mounted as ${mounted}: it answers 404 until mount path and alias agree.`,
  notMounted: (uri: string, path: string, at: string) =>
    `The server answers ${uri} from ${path} (${at}), but no ConfigMap mounts a file there: it answers 404.`,
  healthy: (workload: string, maps: number) =>
    `The ${maps} ConfigMap(s) of ${workload} exist with all keys, parse, and are mounted where they are read.`,
};

export type ConfigMessages = typeof en;

const expectedKo: Record<JsonFault['expected'], string> = {
  value: '값이 있어야 합니다',
  name: '큰따옴표로 묶은 이름이 있어야 합니다',
  colon: '이름 뒤에 ":"이 있어야 합니다',
  comma: '","나 닫는 괄호가 있어야 합니다',
  string: '문자열이 끝나지 않았거나 이스케이프해야 할 문자가 있습니다',
  end: '끝난 뒤에 내용이 더 있습니다',
};
const nginxKo: Record<NginxFault['kind'], (name: string) => string> = {
  unterminated: (name) => `"${name}" 끝에 ";"이 없습니다`,
  'unclosed-block': (name) => `"${name}" 블록을 닫는 "}"가 없습니다`,
  'unclosed-quote': (name) => `따옴표(${name})가 닫히지 않았습니다`,
  unexpected: (name) => `예상하지 못한 "${name}"`,
  unknown: (name) => `지시어가 아닌 내용("${name}")이 있습니다. 철자나 앞의 따옴표·중괄호를 확인하세요`,
  arguments: (name) => `"${name}"의 인자가 잘못되었습니다. ";"이 빠졌는지 확인하세요`,
  duplicate: (name) => `같은 "${name}"이 두 번 있습니다`,
};

const ko: ConfigMessages = {
  columns: ['컨피그맵', '결과'],
  absent: '없음',
  keys: (keys) => (keys.length === 0 ? '비어 있음' : `키 ${keys.join(', ')}`),
  mapMissing: (map, by, workload) =>
    `컨피그맵(${map})이 없는데 ${by}에서 참조합니다. 만들기 전에는 ${workload}의 새 파드가 시작되지 않습니다.`,
  keyMissing: (map, key, by, there) =>
    `컨피그맵 ${map}에 ${by}에서 참조하는 키(${key})가 없습니다(있는 키: ${there || '없음'}). 둘 중 하나를 고쳐야 합니다.`,
  nginxReads: (path) => `nginx 설정 문법 정상, ${path}에 마운트됨`,
  nginxFault: ({ line, column, kind, name }) => `${line}행 ${column}열: ${nginxKo[kind](name)}`,
  nginxBroken: (place, what) =>
    `컨피그맵 ${place}의 설정을 nginx가 거부합니다(${what}). nginx가 시작되지 않거나 이전 설정에 머뭅니다.`,
  jsonReads: 'JSON 문법 정상',
  jsonFault: ({ line, column, expected }) => `${line}행 ${column}열: ${expectedKo[expected]}`,
  answerFault: ({ line, column, expected }) => `JSON 응답의 ${line}행 ${column}열: ${expectedKo[expected]}`,
  jsonBroken: (place, what) =>
    `컨피그맵 ${place}의 JSON을 해석할 수 없습니다(${what}). 이를 읽는 쪽에서 오류가 납니다.`,
  servedFrom: (path) => `컨피그맵이 제공하는 ${path}에서 읽음`,
  notServed: (path) => `${path}에서 읽지만 그 위치에 컨피그맵 파일이 없음`,
  noFile: '파일로 응답하는 location 없음',
  noLocation: (uri) =>
    `${uri} 요청에 어떤 파일로 응답하는지 컨피그맵의 nginx 설정에 없어 마운트 위치를 확인할 수 없습니다.`,
  elsewhere: (at, wanted, file, mounted) =>
    `서버가 읽는 파일은 ${wanted}인데(${at}) 컨피그맵의 파일(${file})은 ${mounted}에 마운트되어 있습니다. 마운트 경로와 alias를 맞추기 전에는 404로 응답합니다.`,
  notMounted: (uri, path, at) =>
    `서버는 ${uri} 요청에 ${path} 파일로 응답하는데(${at}) 그 위치에 마운트된 컨피그맵 파일이 없어 404로 응답합니다.`,
  healthy: (workload, maps) =>
    `${workload}의 컨피그맵 ${maps}개가 모두 있고 키와 문법이 정상이며, 읽는 위치에 마운트되어 있습니다.`,
};

/** What the ConfigMap step says, in the channel's language. */
export const configMessages = (language: Language): ConfigMessages => (language === 'ko' ? ko : en);
