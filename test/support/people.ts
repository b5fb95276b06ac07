import { User } from '../../shared/db';
import { api } from './api';

export interface Person {
  id: number;
  name: string;
  email: string;
  password: string;
  token: string;
  refreshToken: string;
}

let count = 0;

export function buildUser(name = 'Ada') {
  count += 1;
  return { name, email: `${name.toLowerCase().replaceAll(/\W/g, '')}.${count}@example.com`, password: 'correct horse' };
}

/** Registers a user and logs in, through the API. */
export async function register(name?: string): Promise<Person> {
  const user = buildUser(name);
  const { body } = await api('POST /users', { body: user });
  return { ...user, id: body.id, ...(await logIn(user)) };
}

export async function registerAdmin(): Promise<Person> {
  const person = await register('Root');
  await User.update({ role: 'admin' }, { where: { id: person.id } });
  return person;
}

export async function logIn({ email, password }: { email: string; password: string }) {
  const { body } = await api('POST /auth/login', { body: { email, password } });
  return { token: body.accessToken as string, refreshToken: body.refreshToken as string };
}

export async function writePost({ token }: Person, title = 'Hello') {
  const { body } = await api('POST /posts', { token, body: { title, content: `${title}, world` } });
  return body as { id: number; title: string; userId: number };
}
