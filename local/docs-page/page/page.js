import { setUpAccount, showAccount } from './account.js';
import { createReference } from './reference.js';

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

function followColorScheme() {
  document.documentElement.classList.toggle('dark-mode', darkScheme.matches);
}

darkScheme.addEventListener('change', followColorScheme);
followColorScheme();
setUpAccount();
createReference(document.getElementById('reference'), { onAnswer: showAccount });
