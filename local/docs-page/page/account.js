import { call } from './calls.js';
import { forgetTokens, getAccessToken, hasTokens, keepTokens } from './tokens.js';

const forms = { 'log-in': logIn, register, 'log-out': logOut };

/** Makes the header's forms work and shows who is logged in. */
export function setUpAccount() {
  for (const [id, submit] of Object.entries(forms)) {
    document.getElementById(id).addEventListener('submit', (event) => {
      event.preventDefault();
      run(event.target, submit);
    });
  }
  for (const button of document.querySelectorAll('[data-shows]')) {
    button.addEventListener('click', () => switchTo(button.dataset.shows));
  }
  show(hasTokens() ? 'log-out' : 'log-in');
  return showAccount();
}

/** Asks the service who is logged in: any call may have changed the user, or found that the log-in has ended. */
export async function showAccount() {
  try {
    const accessToken = await getAccessToken();
    const user = accessToken && (await call('GET', 'auth/me', { accessToken }));
    if (user && hasTokens()) showUser(user);
  } catch (error) {
    if (error.code !== 'unauthenticated') return say(error.message);
    forgetTokens();
  }
  if (!hasTokens()) showEnded();
}

async function run(form, submit) {
  const button = form.querySelector('[type=submit]');
  button.disabled = true;
  say('');
  try {
    await submit(Object.fromEntries(new FormData(form)));
    form.reset();
  } catch (error) {
    say(error.message);
  } finally {
    button.disabled = false;
  }
}

async function logIn({ email, password }) {
  keepTokens(await call('POST', 'auth/login', { body: { email, password } }));
  await showAccount();
  document.querySelector('#log-out p').focus();
}

async function register({ name, email, password }) {
  await call('POST', 'users', { body: { name, email, password } });
  await logIn({ email, password });
}

async function logOut() {
  const accessToken = await getAccessToken();
  try {
    if (accessToken) await call('POST', 'auth/logout', { accessToken });
  } catch (error) {
    if (error.code !== 'unauthenticated') throw error;
  }
  forgetTokens();
  switchTo('log-in');
}

function showUser({ name, email, role }) {
  document.getElementById('who').textContent = role === 'admin' ? `${name} (admin)` : name;
  document.getElementById('who').title = email;
  show('log-out');
}

/** Leaves the focus where it is: the person may be in the middle of a call. */
function showEnded() {
  if (document.getElementById('log-out').hidden) return;
  show('log-in');
  say('Your log-in has ended.');
}

function switchTo(id) {
  say('');
  show(id);
  document.querySelector(`#${id} input`).focus();
}

function show(shown) {
  for (const id of Object.keys(forms)) document.getElementById(id).hidden = id !== shown;
}

function say(message) {
  document.getElementById('message').textContent = message;
}
