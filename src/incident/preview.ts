/** What a decision in a channel has room for: Slack shows 3,000 characters of a block, and `&`, `<` and `>` take up to five each. */
const room = { line: 300, lines: 8, escaped: 2000 } as const;

/**
 * What will run, in the lines in which people see it: long lines go on in the next one, so that nothing is cut. Null when it is
 * more than can be shown: nobody can approve what they did not see.
 */
export function previewLines(preview: string): string[] | null {
  const lines = preview
    .trim()
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${room.line}}`, 'gsu')) ?? ['']);
  const escaped = preview.replace(/[&<>]/g, '&amp;').length;
  return lines.length <= room.lines && escaped <= room.escaped ? lines : null;
}
