import { type Person, registrationOf } from './cast';
import { assertStatus, type Call, type Client, type Route } from './client';
import { TourError } from './failures';
import type { User } from './scene';

export interface Credentials {
  email: string;
  password: string;
}

/** Who makes the calls that are for admins. */
export interface Admin {
  name: string;
  email: string;
  token: string;
  /** Deletes the temporary one, and logs out any other. */
  leave(): Promise<void>;
}

/** Makes the guide an admin for as long as the tour takes. */
export async function hireGuide(client: Client, guide: Person, promote: (email: string) => Promise<unknown>) {
  const { id } = await demand<User>(client, 'POST /users', 201, { body: registrationOf(guide) });
  const token = await logIn(client, guide);
  const leave = () => demand<void>(client, `DELETE /users/${id}`, 204, { token });
  try {
    await promote(guide.email);
  } catch (error) {
    await leave();
    const advice = 'run it with the same PORT, POSTGRES_PORT and DATABASE_URL as npm start.';
    throw new TourError(`The tour cannot make itself an admin: ${advice} ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { name: 'the admin', email: guide.email, token, leave } satisfies Admin;
}

/** @throws {TourError} when they are not an admin's */
export async function logInAdmin(client: Client, { email, password }: Credentials) {
  const token = await logIn(client, { email, password });
  const leave = () => demand<void>(client, 'POST /auth/logout', 204, { token });
  const { role } = await demand<User>(client, 'GET /auth/me', 200, { token });
  if (role === 'admin') return { name: 'the admin', email, token, leave } satisfies Admin;
  await leave();
  throw new TourError(`${email} is not an admin. Make them one: npm run admin -- ${email}`);
}

async function logIn(client: Client, { email, password }: Credentials) {
  const body = { email, password };
  const { accessToken } = await demand<{ accessToken: string }>(client, 'POST /auth/login', 200, { body });
  return accessToken;
}

/** A call beside the story, which is not printed. */
export async function demand<Body>(client: Client, route: Route, status: number, call: Call = {}): Promise<Body> {
  const answer = await client(route, call);
  assertStatus(answer, status);
  return answer.body as Body;
}
