'use strict';
(() => {
  const root = document.documentElement;
  const stored = (() => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null; // a page from a file may have no storage
    }
  })();
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.theme = new URLSearchParams(location.search).get('theme') || stored || system;
  document.getElementById('theme').addEventListener('click', () => {
    root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', root.dataset.theme);
    } catch {
      // then it holds for this page
    }
  });
  document.querySelector('#navigation [aria-current]')?.scrollIntoView({block: 'nearest'});
  scrollTo(0, 0);
  if (location.hash) {
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
  root.dataset.ready = 'yes';
})();
