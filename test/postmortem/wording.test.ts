import { describe, expect, test } from 'vitest';
import { blameIn } from '../../src/postmortem/wording.ts';

describe('blameIn', () => {
  test.each([
    ['who deployed this?', 'What made it possible?'],
    ['It was human error.', 'What did the system let happen?'],
    ['She should have checked the disk', 'What would have made it visible?'],
    ['Jun forgot to rotate the key', 'Which step depends on memory, and how can it be automated?'],
    ['X deployed without tests', 'The system let a deploy through without tests.'],
    ['train the person better', 'Add a review checklist; automate the test.'],
    ['누가 배포했나요?', 'What made it possible?'],
    ['작업자의 실수로 삭제됨', 'What did the system let happen?'],
    ['미리 확인했어야 합니다', 'What would have made it visible?'],
    ['알림 설정을 깜빡했습니다', 'Which step depends on memory, and how can it be automated?'],
    ['테스트 없이 배포했다', 'The system let a deploy through without tests.'],
    ['교육을 강화한다', 'Add a review checklist; automate the test.'],
  ])('%s', (text, instead) => {
    expect(blameIn([text], 'en')).toEqual([expect.objectContaining({ instead })]);
    expect(blameIn([text], 'ko')[0]?.instead).toMatch(/[가-힣]/);
  });

  test.each([
    'The deploy at 10:02 changed the connection limit',
    'The system let a deploy through without tests',
    'The probe failed to answer',
    '배포 파이프라인이 테스트 없는 빌드를 허용했습니다',
    '담당자를 지정했습니다',
  ])('facts are left alone: %s', (text) => {
    expect(blameIn([text], 'en')).toEqual([]);
  });

  test('the same phrase counts once, ten at most, and long text takes no time', () => {
    expect(blameIn(['who broke it', 'Who broke it'], 'en')).toHaveLength(1);
    expect(
      blameIn(
        Array.from({ length: 30 }, (_, index) => `who broke ${index}`),
        'en',
      ),
    ).toHaveLength(10);
    const start = performance.now();
    blameIn([`${'who broke '.repeat(5000)}${'a'.repeat(50_000)} ${'누가 '.repeat(5000)}`], 'en');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
