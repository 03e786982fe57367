import { type Html, html } from '../../page/html.ts';
import { commitsBetween, type Pull } from '../repository.ts';
import { type ChangedFile, changedFiles } from '../shapes.ts';
import { pullFrame, pullPath, type Scene } from './layout.ts';
import { isMarkdown, renderMarkdown, type SvgOf } from './markdown.ts';
import { icons, instant } from './pieces.ts';

/** The page with every changed file, as a line diff or, for Markdown, rendered. */
export function filesPage(scene: Scene, pull: Pull, rendered: boolean): string {
  const files = changedFiles(scene.repository, pull);
  return pullFrame(
    scene,
    pull,
    '/files',
    html`${files.map((file) => fileBox(scene, pull, file, rendered, svgBeside(scene, file, files)))}${files.length === 0 && html`<p class="muted">No files changed.</p>`}`,
  );
}

/** The pictures of the pull request that stand in the folder of one of its files. */
const svgBeside =
  ({ repository }: Scene, { filename }: ChangedFile, files: ChangedFile[]): SvgOf =>
  (address) => {
    const path = `${filename.slice(0, filename.lastIndexOf('/') + 1)}${address}`;
    const found = address.endsWith('.svg') ? files.find((file) => file.filename === path) : undefined;
    return found && repository.store.blob(found.sha)?.toString('utf8');
  };

function fileBox(scene: Scene, pull: Pull, file: ChangedFile, rendered: boolean, svgOf: SvgOf): Html {
  const path = pullPath(scene, pull, '/files');
  const document = isMarkdown(file.filename) && file.status !== 'removed';
  const choice = (to: string, label: string, current: boolean) =>
    html`<a href="${to}"${current && html` aria-current="true"`}>${label}</a>`;
  const toggle =
    document &&
    html`<span class="toggle" role="group" aria-label="View">${choice(path, 'Source', !rendered)}${choice(`${path}?view=rendered`, 'Rendered', rendered)}</span>`;
  const text = scene.repository.store.blob(file.sha)?.toString('utf8') ?? '';
  return html`<article class="file"><header>${icons.file} <code>${file.filename}</code><span class="chip">${file.status}</span><span class="churn"><b class="plus">+${file.additions}</b> <b class="minus">−${file.deletions}</b></span>${toggle}</header>
${document && rendered ? html`<div class="markdown page">${renderMarkdown(text, svgOf)}</div>` : diffTable(file)}</article>`;
}

const kinds: Record<string, string> = { '+': 'added', '-': 'removed' };

function diffTable(file: ChangedFile): Html {
  const rows = file.hunks.map((hunk) => {
    let [was, is] = [hunk.oldStart, hunk.newStart];
    const lines = hunk.lines
      .filter((line) => !line.startsWith('\\'))
      .map((line) => {
        const sign = line[0] ?? ' ';
        const old = sign === '+' ? '' : was++;
        const now = sign === '-' ? '' : is++;
        return html`<tr class="${kinds[sign]}"><td class="at">${old}</td><td class="at">${now}</td><td class="sign">${sign}</td><td class="text">${line.slice(1)}</td></tr>`;
      });
    return html`<tr class="hunk"><td colspan="4">@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@</td></tr>${lines}`;
  });
  return html`<div class="scroll"><table class="diff">${rows}</table></div>`;
}

/** The page with the commits, newest last. */
export function commitsPage(scene: Scene, pull: Pull): string {
  const { repository } = scene;
  const shas = commitsBetween(repository, pull.baseSha, pull.headSha);
  const list = (shas.length > 0 ? shas : [pull.headSha]).map((sha) => {
    const commit = repository.store.commit(sha);
    if (!commit) return undefined;
    const [subject] = commit.message.split('\n');
    return html`<li><div><strong>${subject}</strong><p class="muted">${commit.author.name} committed ${instant(commit.author.seconds * 1000)}</p></div><code>${sha.slice(0, 7)}</code></li>`;
  });
  return pullFrame(scene, pull, '/commits', html`<ul class="list">${list}</ul>`);
}
