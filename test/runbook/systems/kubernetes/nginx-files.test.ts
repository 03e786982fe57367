import { expect, it } from 'vitest';
import { filesFor } from '../../../../src/runbook/systems/kubernetes/nginx-files.ts';
import { parseNginx } from '../../../../src/runbook/systems/kubernetes/parse-nginx.ts';

const text = `
http {
  server {
    root /srv;
    location / { }
    location = /exact { alias /a/exact.json; }
    location /api/ { alias /data/api/; }
    location /api/v2/ { root /v2; }
    location ^~ /raw/ { root /raw; }
    location ~* \\.PNG$ { root /images; }
    location /proxied { proxy_pass http://other; }
    location /user { root $home; }
  }
}`;

it.each([
  ['/x.html', ['/srv/x.html']],
  ['/', ['/srv/index.html']],
  ['/exact', ['/a/exact.json']],
  ['/api/orders.json', ['/data/api/orders.json']],
  ['/api/v2/orders.json', ['/v2/api/v2/orders.json']],
  ['/api/logo.png', ['/images/api/logo.png']],
  ['/raw/logo.png', ['/raw/raw/logo.png']],
  ['/proxied', []],
  ['/user', []],
])('%s is read from %j, by the precedence of nginx', (uri, paths) => {
  const file = parseNginx(text);
  expect(file.is === 'parsed' && filesFor(uri, file.directives).map(({ path }) => path)).toEqual(paths);
});

it('takes a file of bare locations for one server', () => {
  const file = parseNginx('location /a { root /b; }');
  expect(file.is === 'parsed' && filesFor('/a/c', file.directives)).toEqual([{ path: '/b/a/c', line: 1 }]);
});
