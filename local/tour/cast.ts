import { randomBytes } from 'node:crypto';

/** Somebody of the tour. What the service gave them is known once they are registered, or logged in. */
export interface Person {
  name: string;
  email: string;
  password: string;
  id?: number;
  createdAt?: string;
  token?: string;
  postIds?: number[];
}

export type Cast = ReturnType<typeof createCast>;

const addressPattern = /^guide\.([0-9a-f]{6})@tour\.example$/;

/** The addresses tell one run's people from another's and from those of the service, whose names may be the same. */
export function createCast(run = randomBytes(3).toString('hex')) {
  const password = `horse-${randomBytes(6).toString('hex')}`;
  const addressOf = (mailbox: string) => `${mailbox}.${run}@tour.example`;
  return {
    john: { name: 'John Doe', email: addressOf('john.doe'), password } as Person,
    jane: { name: 'Jane Smith', email: addressOf('jane.smith'), password } as Person,
    alice: { name: 'Alice', email: addressOf('alice'), password } as Person,
    bob: { name: 'Bob', email: addressOf('bob'), password } as Person,
    charlie: { name: 'Charlie', email: addressOf('charlie'), password } as Person,
    diana: { name: 'Diana', email: addressOf('diana'), password } as Person,
    guide: { name: guideName, email: addressOf('guide'), password: randomBytes(24).toString('base64url') } as Person,
    aliceAtWork: addressOf('alice.at.work'),
  };
}

/** Without an "o", a "c" or a "C", which the story looks for. */
export const guideName = 'Guide';

/** Every address of a run, the guide's last: as long as it is there, so may be the others. */
export function emailsOf({ aliceAtWork, guide, ...people }: Cast): string[] {
  return [...Object.values(people).map(({ email }) => email), aliceAtWork, guide.email];
}

/** The run that a guide's address belongs to. */
export function runOf(email: string | undefined): string | undefined {
  return addressPattern.exec(email ?? '')?.[1];
}

/** The body that registers a person. */
export function registrationOf({ name, email, password }: Person) {
  return { name, email, password };
}
