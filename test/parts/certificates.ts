import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasBinary } from './redis-node.ts';

/** True when this machine can make certificates; otherwise tests skip with `opensslMissing` as the reason. */
export const hasOpenssl = hasBinary('openssl', 'version');
export const opensslMissing = 'needs openssl (sudo apt-get install openssl)';

/** A key and its certificate in PEM form, as a server is given them; `cert` may hold the chain after it. */
export type KeyPair = { key: string; cert: string };

/** From when to when a certificate is valid, in days from now. */
type Validity = { fromDays?: number; toDays?: number };

/** A certificate authority of a test's own: a root, an intermediate below it, and what they sign. */
export type Authority = {
  /** The root alone, which a client trusts. */
  root: string;
  intermediate: string;
  /** Signs a server certificate for the names, by the intermediate; `full` puts that behind it, as a server should. */
  sign: (names: string[], options?: Validity & { full?: boolean }) => KeyPair;
  selfSigned: (name: string) => KeyPair;
  remove: () => void;
};

/** Makes an authority with openssl; `remove` deletes its folder. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'muster-ca-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = (name: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index'), '');
    writeFileSync(join(folder, name, 'serial'), '1000\n');
    return `[${name}]\ndatabase=${name}/index\nserial=${name}/serial\nnew_certs_dir=${name}\ncertificate=${name}.pem\nprivate_key=${name}.key\ndefault_md=sha256\npolicy=any\nunique_subject=no\n`;
  };
  const config = ['[any]\ncommonName=supplied\n', '[v3_ca]\nbasicConstraints=critical,CA:true\n'];
  writeFileSync(join(folder, 'ca.conf'), [authority('root'), authority('middle'), ...config].join('\n'));

  const signBy = (name: string, request: string, to: string, days: Validity, ...more: string[]) => {
    const dates = ['-startdate', stamp(days.fromDays ?? -1), '-enddate', stamp(days.toDays ?? 90)];
    const files = ['-in', request, '-out', to];
    openssl('ca', '-batch', '-notext', '-config', 'ca.conf', '-name', name, ...dates, ...files, ...more);
  };
  const subject = (name: string) => ['-subj', `/CN=${name}`];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    ...subject('Test Root'),
  );
  openssl(
    'req',
    '-new',
    ...key,
    '-keyout',
    'middle.key',
    '-out',
    'middle.csr',
    ...subject('Test Intermediate'),
  );
  signBy('root', 'middle.csr', 'middle.pem', { toDays: 1000 }, '-extensions', 'v3_ca', '-extfile', 'ca.conf');

  let count = 0;
  return {
    root: text('root.pem'),
    intermediate: text('middle.pem'),
    sign: (names, { full = true, ...days } = {}) => {
      const own = `leaf${count++}`;
      const altNames = names.map((name) => `DNS:${name}`).join(',');
      writeFileSync(join(folder, `${own}.ext`), `subjectAltName=${altNames}\n`);
      openssl('req', '-new', ...key, '-keyout', `${own}.key`, '-out', `${own}.csr`, ...subject(names[0]!));
      signBy('middle', `${own}.csr`, `${own}.pem`, days, '-extfile', `${own}.ext`);
      return { key: text(`${own}.key`), cert: text(`${own}.pem`) + (full ? text('middle.pem') : '') };
    },
    selfSigned: (name) => {
      const own = `self${count++}`;
      openssl(
        'req',
        '-x509',
        ...key,
        '-keyout',
        `${own}.key`,
        '-out',
        `${own}.pem`,
        '-days',
        '30',
        ...subject(name),
      );
      return { key: text(`${own}.key`), cert: text(`${own}.pem`) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A moment as openssl wants it: `20260131120000Z`. */
function stamp(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000).toISOString();
  return `${at.slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
