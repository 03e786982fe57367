import type { Language } from '../incident/words.ts';

/** A phrase that looks for somebody to blame, and what to ask instead (field-knowledge §7). */
export type BlameHit = { found: string; instead: string };

const rules: { patterns: RegExp[]; instead: Record<Language, string> }[] = [
  {
    patterns: [
      /\bwho (?:deployed|broke|changed|did|caused|forgot|missed|approved)\b[^.?!\n]{0,40}/i,
      /누가\s{0,3}(?:배포|변경|수정|승인|실수)[^.?!\n]{0,20}/,
    ],
    instead: { en: 'What made it possible?', ko: '무엇이 이것을 가능하게 했나요?' },
  },
  {
    patterns: [
      /\b(?:human|operator|user) error\b/i,
      /\b(?:careless|negligent|incompetent|sloppy|stupid|fault of|to blame)\w{0,10}/i,
      /(?:담당자|작업자|운영자|개발자)[^.?!\n]{0,6}(?:실수|부주의|과실|잘못|탓)/,
    ],
    instead: { en: 'What did the system let happen?', ko: '시스템이 무엇을 막지 못했나요?' },
  },
  {
    patterns: [
      /\b(?:should have|could have|ought to have) (?:known|noticed|checked|tested|seen)\b/i,
      /(?:확인|테스트|점검|검토)했어야/,
    ],
    instead: { en: 'What would have made it visible?', ko: '무엇이 있었다면 미리 보였을까요?' },
  },
  {
    patterns: [/\b\w{1,30} (?:forgot|neglected) to \w{1,30}/i, /(?:깜빡|잊어버|까먹)\S{0,6}/],
    instead: {
      en: 'Which step depends on memory, and how can it be automated?',
      ko: '어떤 단계가 기억에 기대고 있고, 어떻게 자동화할 수 있나요?',
    },
  },
  {
    patterns: [/\bdeploy(?:ed)? (?:it )?without (?:any )?tests?\b/i, /테스트\s{0,3}없이\s{0,3}배포/],
    instead: {
      en: 'The system let a deploy through without tests.',
      ko: '시스템이 테스트 없는 배포를 허용했습니다.',
    },
  },
  {
    patterns: [/\btrain (?:the |that )?\w{1,30} better\b/i, /교육을?\s{0,3}(?:강화|철저)/],
    instead: {
      en: 'Add a review checklist; automate the test.',
      ko: '검토 체크리스트를 더하고 테스트를 자동화합니다.',
    },
  },
];

/** Finds blaming phrases in people's words, in English and Korean, each once, at most ten; the advice is in one language. */
export function blameIn(texts: readonly string[], language: Language): BlameHit[] {
  const hits = new Map<string, BlameHit>();
  for (const text of texts) {
    for (const { patterns, instead } of rules) {
      for (const pattern of patterns) {
        const found = pattern.exec(text)?.[0].trim();
        if (found) hits.set(found.toLowerCase(), { found, instead: instead[language] });
      }
    }
  }
  return [...hits.values()].slice(0, 10);
}
