import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../../src/sandbox/github/page/markdown.ts';

const svgOf = (address: string) => (address === 'a.svg' ? '<svg/>' : undefined);
const render = (text: string) => renderMarkdown(text, svgOf).html;

test('a picture of the repository is shown, one from outside is only its words', () => {
  expect(render('![A chart](a.svg)')).toContain(
    `<img src="data:image/svg+xml;base64,${btoa('<svg/>')}" alt="A chart">`,
  );
  for (const address of ['https://evil.example/a.svg', 'b.svg', '../a.svg'])
    expect(render(`![A "chart" <b>](${address})`)).toBe('<p>A &#34;chart&#34; &#60;b&#62;</p>\n');
});
