/** @jest-environment ./test/support/database-environment.ts */
import { openDataApi } from '../../support/data-api';

const { dataApi, execute } = openDataApi();

beforeAll(async () => {
  await execute('create table parent (id int primary key, name text not null)');
  await execute('create table child (parent_id int references parent)');
  await execute("insert into parent values (1, 'a')");
});
afterAll(() => dataApi.close());

test.each([
  [
    "insert into parent values (1, 'b')",
    'ERROR: duplicate key value violates unique constraint "parent_pkey"; SQLState: 23505',
  ],
  [
    'insert into parent values (2, null)',
    'ERROR: null value in column "name" of relation "parent" violates not-null constraint; SQLState: 23502',
  ],
  [
    'insert into child values (9)',
    'ERROR: insert or update on table "child" violates foreign key constraint "child_parent_id_fkey"; SQLState: 23503',
  ],
  ['SELEKT 1', 'ERROR: syntax error at or near "SELEKT"; Position: 1; SQLState: 42601'],
  ['select * from absent', 'ERROR: relation "absent" does not exist; Position: 15; SQLState: 42P01'],
])('%s', async (sql, message) => {
  const { status, error, body } = await execute(sql);
  expect({ status, error, body }).toEqual({
    status: 400,
    error: 'DatabaseErrorException',
    body: { __type: 'DatabaseErrorException', message },
  });
});

test('the DETAIL is there by a switch', async () => {
  const other = openDataApi({ switches: { detail: true } });
  const { body } = await other.execute("insert into parent values (1, 'b')");
  expect(body.message).toMatch(/"parent_pkey"; Detail: Key \(id\)=\(1\) already exists\.; SQLState: 23505$/);
  await other.dataApi.close();
});

test.each([
  'select 1; select 2',
  "select ';'; select 2",
  'select 1;;select 2',
  'do $a$ begin null; end $a$; select 1',
  "select e'\\';'; select 2",
  'select 1 /* ; /* ; */ ; */ ; select 2 -- ;',
])('%s is several statements', async (sql) => {
  expect((await execute(sql)).body).toEqual({
    __type: 'ValidationException',
    message: "Multistatements aren't supported.",
  });
});

test.each([
  'select 1;',
  'select 1 -- ; select 2',
  'select \';\' as ";"',
  'do $a$ begin null; perform 1; end $a$',
  "do 'begin null; end';",
  'select 1 /* ; */ ; -- end',
  'create function twice(i int) returns int language sql begin atomic select i; select i * 2; end',
  '',
])('%s is one statement', async (sql) => {
  expect(await execute(sql)).toMatchObject({ status: 200 });
});

test('COPY has nowhere to go', async () => {
  const message = 'execute: unexpected message: CopyOutResponse';
  expect((await execute('copy parent to stdout')).body).toMatchObject({ __type: 'DatabaseErrorException', message });
});
