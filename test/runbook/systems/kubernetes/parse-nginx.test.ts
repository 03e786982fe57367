import { describe, expect, it } from 'vitest';
import { parseNginx } from '../../../../src/runbook/systems/kubernetes/parse-nginx.ts';

const fault = (text: string) => {
  const file = parseNginx(text);
  return file.is === 'faulty' ? file.fault : file.is;
};
const server = (...lines: string[]) => ['server {', ...lines, '}'].join('\n');

describe('an nginx configuration', () => {
  it('parses into directives with their lines', () => {
    const text = server('  listen 80;', '  location = /x { return 200 \'{"a": 1}\'; } # {', '  root "/a b";');
    expect(parseNginx(text)).toEqual({
      is: 'parsed',
      directives: [
        {
          name: 'server',
          args: [],
          line: 1,
          block: [
            { name: 'listen', args: ['80'], block: null, line: 2 },
            {
              name: 'location',
              args: ['=', '/x'],
              line: 3,
              block: [{ name: 'return', args: ['200', '{"a": 1}'], block: null, line: 3 }],
            },
            { name: 'root', args: ['/a b'], block: null, line: 4 },
          ],
        },
      ],
    });
  });

  it.each([
    ['variables in braces', server(`  proxy_pass http://\${UPSTREAM}:80;`)],
    ['a quoted expression', server('  location ~ "^/v[0-9]{2}/" { return 204; }')],
    ['directives it does not know', 'some_module on { inner 1 2 3; }\nlua_package_path "x";'],
    ['names that are near to nothing', server('  locations_on x;', '  rot /x;', '  x_server 2;')],
    ['the same path as prefix and exactly', server('  location /x { }', '  location = /x { }')],
    ['the modifier without a space', server('  location ~/x { }', '  location =/x { }')],
    ['a bare list of locations', 'location /x { return 200; }'],
  ])('may have %s', (_, text) => expect(fault(text)).toBe('parsed'));

  it.each([
    [
      'a missing semicolon before }',
      server('  location / {', '    return 200', '  }'),
      'unterminated',
      3,
      'return',
    ],
    [
      'a missing semicolon before the next line',
      server('  root /a', '  index x.html;'),
      'arguments',
      2,
      'root',
    ],
    [
      'a missing semicolon before a block',
      server('  root /a', '  location / { }'),
      'unterminated',
      2,
      'root',
    ],
    [
      'a block that is not closed',
      'server {\n  location / {\n    return 200;\n}',
      'unclosed-block',
      2,
      'location',
    ],
    ['an outer block that is not closed', 'server {\n  location / {\n  }', 'unclosed-block', 1, 'server'],
    ['one } too many', `${server('  location / { } }')}`, 'unexpected', 3, '}'],
    ['a slip in the name of a block', server('  lcoation /x { }'), 'unknown', 2, 'lcoation'],
    ['a slip in the name of a directive', server('  retrun 200;'), 'unknown', 2, 'retrun'],
    ['a quote that is not closed', server("  return 200 '{};"), 'unclosed-quote', 2, "'"],
    ['text right after a quote', server('  return 200 "a"b;'), 'unexpected', 2, 'b'],
    ['a location without a path', server('  location {', '  }'), 'arguments', 2, 'location'],
    ['a modifier that does not exist', server('  location == /x { }'), 'arguments', 2, 'location'],
    ['a location that ends in a semicolon', server('  location /x;'), 'arguments', 2, 'location'],
    ['the same location twice', server('  location /x { }', '  location /x { }'), 'duplicate', 3, 'location'],
    ['an unquoted brace in an expression', server('  location ~ ^/v[0-9]{2}/ { }'), 'unknown', 2, '2}/'],
  ])('with %s is refused as nginx does', (_, text, kind, line, name) => {
    expect(fault(text)).toMatchObject({ kind, line, name });
  });

  it('with embedded code is left to nginx', () => {
    expect(fault(server('  content_by_lua_block { if x then return "}" end }'))).toBe('foreign');
  });
});
