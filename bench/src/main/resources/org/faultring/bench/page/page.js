'use strict';
// What all pages share: elements, tables, charts that are drawn when they come into sight, themes.
const page = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const charts = [];
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow', 'emptyCircle'];
  const dashes = ['solid', 'dashed', 'dotted', [12, 4], [2, 6], [12, 4, 2, 4]];

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    children.flat().forEach(child => made.append(child));
    return made;
  };

  const figure = value => {
    if (value === null || value === undefined) {
      return '';
    }
    const size = Math.abs(value);
    const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return value.toLocaleString('en', {minimumFractionDigits: 0, maximumFractionDigits: digits});
  };

  const short = value => value >= 1e6 ? figure(value / 1e6) + ' M' : value >= 1e3 ? figure(value / 1e3) + ' k'
    : figure(value);

  const download = (name, rows) => {
    const quoted = value => {
      const text = value === null || value === undefined ? '' : String(value);
      return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
    };
    const text = rows.map(row => row.map(quoted).join(',')).join('\n') + '\n';
    const link = element('a', {download: name, href: 'data:text/csv;charset=utf-8,' + encodeURIComponent(text)});
    document.body.append(link);
    link.click();
    link.remove();
  };

  const csvButton = (name, rows) => {
    const button = element('button', {type: 'button'}, 'CSV');
    button.setAttribute('aria-label', 'download ' + name);
    button.addEventListener('click', () => download(name, rows()));
    return button;
  };

  const hues = {light: ['#0550ae', '#b35900', '#116329', '#8250df', '#a40e26', '#4d5a6a', '#9a3b8f', '#1b7c83'],
    dark: ['#79c0ff', '#ffa657', '#7ee787', '#d2a8ff', '#ff7b72', '#b1bac4', '#f778ba', '#56d4dd']};

  const hue = i => hues[isDark() ? 'dark' : 'light'][i % 8];

  const isDark = () => document.documentElement.dataset.theme === 'dark';

  const base = label => ({
    darkMode: isDark(),
    backgroundColor: 'transparent',
    animation: false,
    aria: {enabled: true, label: {description: label}, decal: {show: true}},
    textStyle: {fontFamily: 'system-ui, sans-serif'},
  });

  const shown = (chart) => {
    if (chart.instance) {
      chart.instance.dispose();
    }
    chart.instance = echarts.init(chart.box, isDark() ? 'dark' : null, {renderer: 'svg'});
    chart.instance.setOption({...base(chart.caption), ...chart.option()});
    chart.box.dataset.series = chart.instance.getOption().series.length;
  };

  // Drawn when it comes into sight: a page of many points opens as fast as one of few.
  const watch = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    watch.unobserve(entry.target);
    shown(charts.find(chart => chart.box === entry.target));
  }), {rootMargin: '200px'});

  const chartFigure = (name, caption, option, rows) => {
    const box = element('div', {class: 'chart', role: 'img', tabindex: '0', 'aria-label': caption});
    charts.push({box, caption, option, instance: null});
    watch.observe(box);
    return element('figure', {'data-figure': name}, box,
      element('figcaption', {}, caption + ' ', csvButton(name + '.csv', rows)));
  };

  const table = (name, head, rows) => element('div', {class: 'scroll', tabindex: '0'},
    element('table', {'data-table': name},
      element('thead', {}, element('tr', {}, head.map(text => element('th', {scope: 'col'}, text)))),
      element('tbody', {}, rows.map(row => element('tr', {}, row.map((cell, i) =>
        i === 0 ? element('th', {scope: 'row'}, cell) : element('td', {}, cell === null ? '' : cell)))))));

  // A figure in the place of those that a box has.
  const replaceFigure = (box, made) => {
    charts.filter(chart => box.contains(chart.box)).forEach(chart => {
      if (chart.instance) {
        chart.instance.dispose();
      }
      charts.splice(charts.indexOf(chart), 1);
    });
    box.replaceChildren(made);
  };

  // After all is there: the theme, sizes, printing.
  const start = () => {
    const setTheme = theme => {
      document.documentElement.dataset.theme = theme;
      charts.filter(chart => chart.instance).forEach(shown);
    };
    document.getElementById('theme').addEventListener('click', () => setTheme(isDark() ? 'light' : 'dark'));
    const wanted = new URLSearchParams(location.search).get('theme');
    setTheme(wanted ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
    new ResizeObserver(() => charts.filter(chart => chart.instance).forEach(chart => chart.instance.resize()))
      .observe(document.body);
    addEventListener('beforeprint', () => {
      document.querySelectorAll('details').forEach(details => { details.open = true; });
      charts.forEach(shown);
    });
    document.documentElement.dataset.ready = 'yes';
  };

  return {data, symbols, dashes, element, figure, short, csvButton, hue, isDark,
    chartFigure, replaceFigure, table, start};
})();
