import { describe, expect, it } from 'vitest';
import {
  errantOn,
  notReceived,
  parseGtids,
  subtractGtids,
} from '../../../../src/runbook/systems/mysql/gtid.ts';

const a = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const b = '4a22ba58-71ca-11e1-9e33-c80aa9429562';
const minus = (all: string, known: string) => subtractGtids(parseGtids(all), parseGtids(known));

describe('the difference of two GTID sets', () => {
  it.each([
    ['nothing of what is known', `${a}:1-5`, `${a}:1-9`, []],
    ['the end of a range', `${a}:1-9`, `${a}:1-5`, [`${a}:6-9`]],
    ['a gap in the middle', `${a}:1-9`, `${a}:1-3:7-9`, [`${a}:4-6`]],
    ['one transaction of another server', `${a}:1-5,${b}:3`, `${a}:1-5`, [`${b}:3`]],
    ['the same id in capitals', `${a.toUpperCase()}:1-5`, `${a}:1-5`, []],
    ['lines as MySQL breaks them', `${a}:1-5,\n${b}:1-2`, `${a}:1-5`, [`${b}:1-2`]],
    ['a tag, which is an origin of its own', `${a}:1-5:deploy:1`, `${a}:1-5`, [`${a}:deploy:1`]],
    ['MariaDB positions', '0-1-10,1-1-4', '0-1-8', ['0-1-9…10', '1-1-1…4']],
    ['nothing at all', '', '', []],
  ])('%s', (_, all, known, left) => expect(minus(all, known)).toEqual(left));
});

describe('errant transactions', () => {
  const at = (serverId: number, executed: string, applied = '') => ({ serverId, executed, applied });

  it('are those that MySQL executed on the replica alone', () => {
    const replica = at(2, `${a}:1-10,${b}:1`);
    expect(errantOn('mysql', replica, at(1, `${a}:1-12`))).toEqual([`${b}:1`]);
  });

  it.each([
    ['the replica wrote one', '0-1-10,0-2-11', '0-1-10', '', ['0-2-11']],
    ['it is still seen after the primary went on', '0-1-12,0-2-11', '0-1-12', '', ['0-2-11']],
    ['the primary got it when the roles were the other way', '0-1-12,0-2-11', '0-1-12,0-2-11', '', []],
    ['the primary was rebuilt from a copy that had it', '0-1-12,0-2-8', '0-1-12', '0-2-8', []],
    ['a third server wrote it as a former primary', '0-1-12,0-3-7', '0-1-12', '', []],
  ])('MariaDB: %s', (_, replica, primary, applied, errant) => {
    expect(errantOn('mariadb', at(2, replica), at(1, primary, applied))).toEqual(errant);
  });
});

describe('what was not received', () => {
  const primary = (executed: string) => ({ serverId: 1, executed, applied: '' });
  const replica = { serverId: 2, executed: `${a}:1-4`, applied: '' };

  it('counts what MySQL executed as received, for its list of received ones starts anew', () => {
    expect(notReceived('mysql', primary(`${a}:1-9`), replica, `${a}:5-8`)).toEqual([`${a}:9`]);
  });

  it('goes by the last one of a domain in MariaDB, whoever wrote it', () => {
    expect(notReceived('mariadb', primary('0-3-5,0-1-9'), replica, '0-1-9')).toEqual([]);
    expect(notReceived('mariadb', primary('0-1-12'), replica, '0-1-9')).toEqual(['0-1-10…12']);
  });

  it('says nothing of a replica that does not use GTIDs', () => {
    expect(notReceived('mariadb', primary('0-1-12'), replica, '')).toEqual([]);
  });
});
