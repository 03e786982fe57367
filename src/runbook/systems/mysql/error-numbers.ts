import type { Language } from '../../../incident/words.ts';

/**
 * What the numbers mean that stop a replica (manuals of MySQL and MariaDB, "Server Error Message Reference"), and whether trying
 * again can help: `passing` ones do not come back by themselves once their reason is gone.
 */
type Meaning = { passing: boolean; en: string; ko: string };

const lasting = (en: string, ko: string): Meaning => ({ passing: false, en, ko });
const passing = (en: string, ko: string): Meaning => ({ passing: true, en, ko });

const unreachable = passing(
  'the primary cannot be reached from the replica',
  '레플리카에서 프라이머리에 연결할 수 없음',
);
const login = lasting(
  "the primary refuses the replica's account or password",
  '프라이머리가 레플리카의 계정이나 비밀번호를 거부함',
);

const meanings: Record<number, Meaning> = {
  1032: lasting('the row to change does not exist on the replica', '변경할 행이 레플리카에 없음'),
  1045: login,
  1049: lasting('the database does not exist on the replica', '데이터베이스가 레플리카에 없음'),
  1050: lasting('the table already exists on the replica', '테이블이 레플리카에 이미 있음'),
  1054: lasting(
    'a column does not exist on the replica: its schema differs',
    '컬럼이 레플리카에 없음(스키마가 다름)',
  ),
  1062: lasting(
    'a row with this key already exists on the replica: somebody wrote there, or it was applied before',
    '같은 키의 행이 레플리카에 이미 있음(레플리카에 직접 썼거나 이미 적용된 트랜잭션)',
  ),
  1114: lasting('the table or the disk is full', '테이블 또는 디스크가 가득 참'),
  1130: lasting("the primary refuses the replica's address", '프라이머리가 레플리카의 주소를 거부함'),
  1146: lasting('the table does not exist on the replica', '테이블이 레플리카에 없음'),
  1205: passing('a lock on the replica was held for too long', '레플리카에서 잠금 대기 시간을 초과함'),
  1213: passing('a deadlock on the replica', '레플리카에서 교착 상태가 발생함'),
  1236: lasting(
    'the primary cannot serve the position that the replica asks for',
    '레플리카가 요청한 위치를 프라이머리가 제공할 수 없음',
  ),
  1452: lasting(
    'a foreign key has no parent row on the replica',
    '외래 키가 가리키는 부모 행이 레플리카에 없음',
  ),
  1593: lasting(
    'the two servers do not fit together (often the same server_id)',
    '두 서버의 설정이 맞지 않음(server_id 중복인 경우가 많음)',
  ),
  1594: lasting('the relay log is damaged', '릴레이 로그가 손상됨'),
  1698: login,
  1950: lasting(
    'a GTID is out of order (gtid_strict_mode): the replica has transactions of its own',
    'GTID 순서가 맞지 않음(gtid_strict_mode). 레플리카에 자체 트랜잭션이 있음',
  ),
  2002: unreachable,
  2003: unreachable,
  2005: lasting(
    "the primary's name does not resolve on the replica",
    '레플리카에서 프라이머리의 이름을 해석할 수 없음',
  ),
  2006: unreachable,
  2013: passing(
    'the connection to the primary was lost: frozen, restarted or cut off',
    '프라이머리와의 연결이 끊김(멈춤, 재시작 또는 네트워크 단절)',
  ),
  2026: lasting('TLS to the primary fails', '프라이머리와의 TLS 연결에 실패함'),
  13117: lasting('both servers have the same server id or UUID', '두 서버의 server_id 또는 UUID가 같음'),
};

/** What an error number means, in a few words; undefined for one we do not know. */
export const meaningOf = (number: number, language: Language): string | undefined =>
  meanings[number]?.[language];

/** True where the same error would not come straight back when the thread is started again. */
export const isPassing = (number: number): boolean => meanings[number]?.passing ?? false;

/** Numbers that say "no connection", to tell a primary that is away from one that answers with an error. */
export const isConnectError = (number: number): boolean =>
  [1045, 1130, 1698, 2002, 2003, 2005, 2006, 2013, 2026].includes(number);

/** A server's error text without other people's data: no statement, no value of a row. */
export const bareError = (text: string): string =>
  text
    .replace(/^error (re)?connecting to [\s\S]*? message: /i, '')
    .replace(/\.?\s*(Default database: '[^']*'\.\s*)?Query: [\s\S]*$/i, '')
    .replace(/entry '[\s\S]*' for key/gi, "entry '…' for key")
    .replace(/value: '[\s\S]*?'(?= (for|at)|$)/gi, "value: '…'")
    .replace(/near '[\s\S]*' at line/gi, "near '…' at line")
    .slice(0, 180);
