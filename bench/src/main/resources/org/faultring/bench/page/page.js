'use strict';
// What all pages share: elements, tables, charts that are drawn when they come into sight, themes.
const page = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const charts = [];
  // All have their middle where the value is. Twelve further on is the same hue, hollow instead of filled.
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle',
    'emptyDiamond'];
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
    return value.toLocaleString('en', {maximumFractionDigits: digits, signDisplay: 'negative'});
  };

  // What was measured: three digits, and not more for being large.
  const rounded = value => value === null || value === undefined ? '' : value === 0 ? '0'
    : value.toLocaleString('en', {minimumSignificantDigits: 3, maximumSignificantDigits: 3});

  const short = value => value >= 1e9 ? figure(value / 1e9) + ' G' : value >= 1e6 ? figure(value / 1e6) + ' M' : value >= 1e3 ? figure(value / 1e3) + ' k'
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

  const hues = {light: ['#0550ae', '#b35900', '#116329', '#8250df', '#a40e26', '#4d5a6a', '#9a3b8f', '#1b7c83',
    '#6f5b00', '#d6336c', '#0284c7', '#7a4a21'],
    dark: ['#79c0ff', '#ffa657', '#7ee787', '#d2a8ff', '#ff7b72', '#b1bac4', '#f778ba', '#56d4dd',
    '#e3c341', '#ffb3c7', '#a5d6ff', '#d4a37b']};

  const isDark = () => document.documentElement.dataset.theme === 'dark';

  const palette = () => hues[isDark() ? 'dark' : 'light'];

  const hue = i => palette()[i % palette().length];

  // How the i-th of several lines can be told from the others, in colour and without.
  const lineLook = i => ({symbol: symbols[i % symbols.length], symbolSize: 7, itemStyle: {color: hue(i)},
    lineStyle: {type: dashes[i % dashes.length], width: 2}});

  const pen = document.createElement('canvas').getContext('2d');
  const lettering = 'system-ui, sans-serif';
  const legendLine = 24;

  // Grid and legend; names take as many lines as they need, and the chart is higher by these.
  const frame = (names, width) => {
    pen.font = `12px ${lettering}`;
    let lines = 1;
    let used = 0;
    names.map(name => pen.measureText(name).width + 40).forEach(wide => {
      if (used > 0 && used + wide > width - 16) {
        lines += 1;
        used = 0;
      }
      used += wide;
    });
    return {
      height: (width < 560 ? 320 : 384) + (lines - 1) * legendLine,
      grid: {left: 12, right: 40, top: 32 + lines * legendLine, bottom: 40, containLabel: true},
      legend: {type: 'plain', top: 0, left: 'center', width: width - 16, data: names},
    };
  };

  const base = label => ({
    darkMode: isDark(),
    backgroundColor: 'transparent',
    animation: false,
    aria: {enabled: true, label: {description: label}, decal: {show: true}},
    color: palette(),
    textStyle: {fontFamily: lettering},
  });

  // Cells are [index of x, index of y, value]; the figure is in each, so that no colour need be told from another.
  const heatMap = ({name, x, y, xName, yName, cells, digits, told}) => {
    const values = cells.map(cell => cell[2]);
    const [min, max] = [Math.min(...values), Math.max(...values)];
    return {
      aria: {enabled: true, label: {description: name}, decal: {show: false}},
      grid: {left: 12, right: 24, top: 36, bottom: 90, containLabel: true},
      tooltip: {formatter: item => told(item.value)},
      xAxis: {type: 'category', data: x, name: xName, nameLocation: 'middle', nameGap: 26},
      yAxis: {type: 'category', data: y, name: yName, nameTextStyle: {align: 'left'}},
      visualMap: {min, max: max > min ? max : min + 1, show: max > min, orient: 'horizontal', left: 'center', bottom: 0, calculable: true,
        formatter: digits, inRange: {color: ['#ffffcc', '#fd8d3c', '#800026']}},
      series: [{name, type: 'heatmap', data: cells, label: {show: true, formatter: item => digits(item.value[2])}}],
    };
  };

  // Options are asked for at a width, since lines of a legend depend on it; a height in them is the box's.
  const fitted = chart => {
    chart.width = chart.box.clientWidth;
    const {height, ...option} = chart.option(chart.width);
    if (height) {
      chart.box.style.height = `${height}px`;
    }
    return {...base(chart.caption), ...option};
  };

  const shown = chart => {
    const option = fitted(chart);
    if (chart.instance) {
      chart.instance.dispose();
    }
    chart.instance = echarts.init(chart.box, isDark() ? 'dark' : null, {renderer: 'svg'});
    chart.instance.setOption(option);
    // For paper, which is narrower than most screens.
    chart.box.querySelector('svg').setAttribute('viewBox', `0 0 ${chart.box.clientWidth} ${chart.box.clientHeight}`);
    chart.box.dataset.series = chart.instance.getOption().series.length;
  };

  // Drawn when it comes into sight: a page of many points opens as fast as one of few.
  const watch = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    watch.unobserve(entry.target);
    shown(charts.find(chart => chart.box === entry.target));
  }), {rootMargin: '200px'});

  const chartFigure = (name, caption, option, rows) => {
    const box = element('div', {class: 'chart', role: 'img', tabindex: '0', 'aria-label': caption});
    charts.push({box, caption, option, instance: null, width: 0});
    watch.observe(box);
    return element('figure', {'data-figure': name}, box,
      element('figcaption', {}, caption + ' ', csvButton(name + '.csv', rows)));
  };

  // Columns that nothing is in are left out.
  const table = (name, head, rows) => {
    const has = cell => cell !== null && cell !== undefined && cell !== '';
    const columns = head.map((text, i) => i).filter(i => i === 0 || rows.some(row => has(row[i])));
    return element('div', {class: 'scroll', tabindex: '0'}, element('table', {'data-table': name},
      element('thead', {}, element('tr', {}, columns.map(i => element('th', {scope: 'col'}, head[i])))),
      element('tbody', {}, rows.map(row => element('tr', {}, columns.map(i =>
        i === 0 ? element('th', {scope: 'row'}, row[i]) : element('td', {}, has(row[i]) ? row[i] : '')))))));
  };

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
    new ResizeObserver(() => charts.filter(chart => chart.instance && chart.box.clientWidth !== chart.width
      && chart.box.clientWidth > 0).forEach(shown)).observe(document.body);
    addEventListener('beforeprint', () => {
      document.querySelectorAll('details').forEach(details => { details.open = true; });
      charts.forEach(shown);
    });
    document.documentElement.dataset.ready = 'yes';
  };

  return {data, element, figure, rounded, short, csvButton, hue, isDark, lineLook, frame,
    heatMap, chartFigure, replaceFigure, table, start};
})();
