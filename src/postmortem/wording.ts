/** A phrase that looks for somebody to blame, and what to ask instead (field-knowledge §7). */
export type BlameHit = { found: string; instead: string };

const rules: { pattern: RegExp; instead: string }[] = [
  {
    pattern: /\bwho (?:deployed|broke|changed|did|caused|forgot|missed|approved)\b[^.?!\n]{0,40}/i,
    instead: 'What made it possible?',
  },
  {
    pattern: /\b(?:human|operator|user) error\b/i,
    instead: 'Which check was missing, and what made the action look right?',
  },
  {
    pattern: /\b(?:should have|could have|ought to have) (?:known|noticed|checked|tested|seen)\b/i,
    instead: 'What would have made it visible?',
  },
  {
    pattern: /\b(?:careless|negligent|incompetent|sloppy|stupid|fault of|to blame)\w*/i,
    instead: 'Describe what the system let happen.',
  },
  {
    pattern: /\b\w+ (?:forgot|failed) to \w+/i,
    instead: 'Which step depends on memory, and how can it be automated?',
  },
  {
    pattern: /\bdeployed? without (?:any )?tests?\b/i,
    instead: 'The system let a deploy through without tests.',
  },
  { pattern: /\btrain (?:the |that )?\w+ better\b/i, instead: 'Add a review checklist; automate the test.' },
  { pattern: /누가\s*(?:배포|변경|수정|승인|실수)[^.?!\n]{0,20}/, instead: '무엇이 이것을 가능하게 했나요?' },
  {
    pattern: /(?:담당자|작업자|운영자|개발자)[^.?!\n]{0,6}(?:실수|부주의|과실|잘못|탓)/,
    instead: '시스템이 무엇을 막지 못했나요?',
  },
  { pattern: /(?:확인|테스트|점검|검토)했어야/, instead: '무엇이 있었다면 미리 보였을까요?' },
  { pattern: /테스트\s*없이\s*배포/, instead: '테스트 없는 배포를 시스템이 허용했습니다.' },
  { pattern: /교육을?\s*(?:강화|철저)/, instead: '검토 체크리스트와 자동 테스트를 더합니다.' },
];

/** Finds blaming phrases in people's words, in English and Korean, each at most once; at most ten. */
export function blameIn(texts: readonly string[]): BlameHit[] {
  const hits = new Map<string, BlameHit>();
  for (const text of texts) {
    for (const { pattern, instead } of rules) {
      const found = pattern.exec(text)?.[0].trim();
      if (found) hits.set(found.toLowerCase(), { found, instead });
    }
  }
  return [...hits.values()].slice(0, 10);
}
