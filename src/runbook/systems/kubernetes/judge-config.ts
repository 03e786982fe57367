import type { Language } from '../../../incident/words.ts';
import type { StepResult } from '../../step.ts';
import { type ConfigMessages, configMessages } from './config-messages.ts';
import type { ConfigView } from './config-view.ts';
import { type Finding, resultOf } from './finding.ts';
import { findJsonFault } from './json-fault.ts';
import { judgeServed } from './judge-served.ts';
import { emptySubPaths, mountedFiles, wantedBy } from './mounted-files.ts';
import { judgeAnswers } from './nginx-answers.ts';
import { type NginxDirective, parseNginx } from './parse-nginx.ts';

/** A configuration file of nginx: which container reads it, where, and what it says. */
export type NginxText = { container: string; place: string; path: string; directives: NginxDirective[] };

/**
 * Judges a workload's ConfigMaps from root to symptom: objects and keys that are missing, nginx files that nginx would refuse, JSON
 * that does not parse, files that are not where the server reads them. Never repeats a value. `files` are URL paths. Pure.
 */
export function judgeConfig(view: ConfigView, files: readonly string[], language: Language): StepResult {
  const say = configMessages(language);
  const rows: string[][] = [];
  const missing = judgeWanted(view, say, rows);
  const nginx = readNginx(view, say, rows);
  const json = judgeJson(view, say, rows);
  const answers = nginx.texts.flatMap((text) => judgeAnswers(text, say, rows));
  const served = judgeServed(view, nginx.texts, files, say, rows);
  const findings = [...missing, ...nginx.findings, ...json, ...answers, ...served];
  const maps = Object.keys(view.maps).length;
  const all = [...findings, { verdict: 'pass' as const, sentence: say.healthy(view.workload, maps) }];
  const broken = findings.filter(({ verdict }) => verdict === 'fail').length;
  return resultOf(all, {
    evidence: { columns: say.columns, rows },
    facts: { configmaps: maps, problems: broken },
  });
}

function judgeWanted({ pod, maps, workload }: ConfigView, say: ConfigMessages, rows: string[][]): Finding[] {
  for (const [map, data] of Object.entries(maps)) {
    rows.push([map, data === null ? say.absent : say.keys(Object.keys(data))]);
  }
  const absent = wantedBy(pod).filter(({ map, key }) => {
    const data = maps[map] ?? null;
    return data === null || (key !== null && !Object.hasOwn(data, key));
  });
  const empty = emptySubPaths(pod, maps).filter(({ map }) => maps[map] !== null);
  return [...absent, ...empty]
    .filter(({ optional }) => !optional)
    .map(({ map, key, by }): Finding => {
      const data = maps[map] ?? null;
      if (data === null || key === null)
        return { verdict: 'fail', sentence: say.mapMissing(map, by, workload), cause: 'configmap-missing' };
      const sentence = say.keyMissing(map, key, by, Object.keys(data).join(', '));
      return { verdict: 'fail', sentence, cause: 'configmap-key-missing' };
    });
}

/** Only what a container called nginx, or a path of nginx, says is nginx: other software has files that look alike (HOCON). */
function readNginx({ pod, maps }: ConfigView, say: ConfigMessages, rows: string[][]) {
  const texts: NginxText[] = [];
  const findings: Finding[] = [];
  for (const { container, path, map, key } of mountedFiles(pod, maps)) {
    const { image = '' } = pod.containers.find(({ name }) => name === container) ?? {};
    const isNginx = /nginx|openresty/.test(`${image} ${path}`) && /\.(conf|template)$/.test(path);
    if (!isNginx) continue;
    const place = `${map}/${key}`;
    const file = parseNginx(maps[map]![key]!);
    if (file.is === 'foreign') continue;
    if (file.is === 'parsed') {
      texts.push({ container, place, path, directives: file.directives });
      rows.push([place, say.nginxReads(path)]);
      continue;
    }
    const what = say.nginxFault(file.fault);
    rows.push([place, what]);
    findings.push({ verdict: 'fail', sentence: say.nginxBroken(place, what), cause: 'nginx-config-broken' });
  }
  return { texts, findings };
}

function judgeJson({ maps }: ConfigView, say: ConfigMessages, rows: string[][]): Finding[] {
  return Object.entries(maps).flatMap(([map, data]) =>
    Object.entries(data ?? {})
      .filter(([key, text]) => key.endsWith('.json') && text !== '')
      .flatMap(([key, text]): Finding[] => {
        const fault = findJsonFault(text);
        const place = `${map}/${key}`;
        rows.push([place, fault === null ? say.jsonReads : say.jsonFault(fault)]);
        if (fault === null) return [];
        // Comments and templates are no JSON either, but whoever reads them may know how.
        const meant = /^\s*(\/\/|\/\*)/m.test(text) || /\{\{|\$\{/.test(text);
        const sentence = say.jsonBroken(place, say.jsonFault(fault));
        return [
          meant ? { verdict: 'warn', sentence } : { verdict: 'fail', sentence, cause: 'config-json-broken' },
        ];
      }),
  );
}
