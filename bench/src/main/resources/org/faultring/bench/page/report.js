(() => {
  const {data, symbols, dashes, element, figure, short, csvButton, isDark, chartFigure, table} = page;

  const costOption = (ground, point) => () => {
    const names = point.designs.map(design => design.name);
    return {
      grid: {left: 8, right: 24, top: 16, bottom: 40, containLabel: true},
      tooltip: {trigger: 'item', formatter: item => {
        const cost = point.designs[item.dataIndex].cost;
        return `${names[item.dataIndex]}: ${figure(cost[0])} ns`
          + (cost[1] === null ? '' : ` (${figure(cost[1])} to ${figure(cost[2])})`);
      }},
      xAxis: {type: 'value', name: 'ns for a fault', nameLocation: 'middle', nameGap: 26, min: 0,
        axisLabel: {formatter: short, hideOverlap: true}},
      yAxis: {type: 'category', data: names, inverse: true},
      series: [
        {name: ground.currency, type: 'bar', data: point.designs.map(design => design.cost[0]), barMaxWidth: 22},
        {name: '99 % interval', type: 'custom', z: 10,
          encode: {x: [1, 2], y: 0},
          data: point.designs.map((design, i) => [i, design.cost[1] ?? design.cost[0], design.cost[2] ?? design.cost[0]]),
          renderItem: (params, api) => {
            const low = api.coord([api.value(1), api.value(0)]);
            const high = api.coord([api.value(2), api.value(0)]);
            const style = {stroke: isDark() ? '#fff' : '#000', lineWidth: 1.5};
            const line = (x1, y1, x2, y2) => ({type: 'line', shape: {x1, y1, x2, y2}, style});
            return {type: 'group', children: [line(low[0], low[1], high[0], high[1]),
              line(low[0], low[1] - 6, low[0], low[1] + 6), line(high[0], high[1] - 6, high[0], high[1] + 6)]};
          }},
      ],
    };
  };

  const percentileOption = point => () => ({
    grid: {left: 8, right: 24, top: 56, bottom: 40, containLabel: true},
    legend: {type: 'scroll', top: 0},
    tooltip: {trigger: 'axis', valueFormatter: value => figure(value) + ' ns'},
    xAxis: {type: 'log', name: 'percentile', nameLocation: 'middle', nameGap: 26, min: 1,
      axisLabel: {formatter: value => value <= 1 ? '0' : String(+(100 - 100 / value).toPrecision(7)) + ' %'}},
    yAxis: {type: 'log', name: 'ns', nameLocation: 'end', axisLabel: {formatter: short}},
    series: point.designs.filter(design => design.percentiles.length > 0).map((design, i) => ({
      name: design.name, type: 'line', data: design.percentiles, symbol: symbols[i % symbols.length], symbolSize: 6,
      showAllSymbol: 'auto', lineStyle: {type: dashes[i % dashes.length], width: 2},
    })),
  });

  const runsOption = point => () => ({
    grid: {left: 8, right: 24, top: 56, bottom: 40, containLabel: true},
    legend: {type: 'scroll', top: 0},
    tooltip: {trigger: 'axis', valueFormatter: value => figure(value) + ' ns'},
    xAxis: {type: 'category', name: 'run', nameLocation: 'middle', nameGap: 26,
      data: data.runs.map((run, i) => String(i + 1))},
    yAxis: {type: 'value', name: 'ns for a fault', nameTextStyle: {align: 'left'}, min: 0, axisLabel: {formatter: short}},
    series: point.designs.map((design, i) => ({name: design.name, type: 'line', data: design.ofEachRun,
      symbol: symbols[i % symbols.length], symbolSize: 7, lineStyle: {type: dashes[i % dashes.length]}})),
  });

  const mapOption = map => () => {
    const values = map.values.map(value => value[2]);
    return {
      aria: {enabled: true, label: {description: map.title}, decal: {show: false}},
      grid: {left: 8, right: 24, top: 36, bottom: 90, containLabel: true},
      tooltip: {formatter: item => `${map.xName} ${map.x[item.value[0]]}, ${map.yName} ${map.y[item.value[1]]}: `
        + `${figure(item.value[2])} ns`},
      xAxis: {type: 'category', data: map.x, name: map.xName, nameLocation: 'middle', nameGap: 26},
      yAxis: {type: 'category', data: map.y, name: map.yName},
      visualMap: {min: Math.min(...values), max: Math.max(...values), orient: 'horizontal', left: 'center', bottom: 0,
        calculable: true, text: ['dearer', 'cheaper'], inRange: {color: ['#ffffcc', '#fd8d3c', '#800026']}},
      series: [{name: map.title, type: 'heatmap', data: map.values,
        label: {show: true, formatter: item => figure(item.value[2])}}],
    };
  };

  const costRows = point => [['design', 'ns for a fault', 'low', 'high', 'faults a second', 'against read', 'verdict',
    'p50 ns', 'p90 ns', 'p99 ns', 'p99.9 ns', 'p99.99 ns', 'longest ns']].concat(point.designs.map(design =>
    [design.name, ...design.cost, design.perSecond[0], design.ratio, design.verdict, ...design.latency]));

  const costTable = (ground, point, name) => table(name,
    ['design', 'ns for a fault', '99 % interval', 'faults a second', 'against read', 'p50', 'p90', 'p99', 'p99.9',
      'p99.99', 'longest', ''],
    point.designs.map(design => [design.name, figure(design.cost[0]),
      design.cost[1] === null ? '' : `${figure(design.cost[1])} to ${figure(design.cost[2])}`,
      figure(design.perSecond[0]), (design.ratio === null ? '' : figure(design.ratio) + ' ') + design.verdict,
      ...design.latency.map(figure), design.bound ? 'bound by the raiser' : '']));

  const eventKinds = point => [...new Set(point.designs.flatMap(design => Object.keys(design.events)))];

  const eventRows = point => [['design', ...eventKinds(point), 'processor ns', 'bytes allocated']].concat(
    point.designs.map(design => [design.name, ...eventKinds(point).map(kind => design.events[kind] ?? null),
      design.cpu, design.allocated]));

  const efficiency = (point, name) => {
    const rows = eventRows(point);
    return table(name, rows[0], rows.slice(1).map(row => [row[0], ...row.slice(1).map(figure)]));
  };

  const pointSection = (ground, point, index, isOpen) => {
    const name = `${ground.key}-${index + 1}`;
    const from = `${ground.currency}, ${ground.stretch}; ${point.title}.`;
    const box = element('details', isOpen ? {open: ''} : {}, element('summary', {}, point.title));
    if (point.designs.length > 0) {
      box.append(
        chartFigure(`${name}-cost`, `What a fault costs, with 99 % intervals over rounds: ${from}`,
          costOption(ground, point), () => costRows(point)),
        costTable(ground, point, `${name}-costs`));
      if (point.designs.some(design => design.percentiles.length > 0)) {
        box.append(chartFigure(`${name}-percentiles`, `How long faults take: ${from}`, percentileOption(point),
          () => [['design', 'percentile', 'ns']].concat(point.designs.flatMap(design => design.percentiles.map(
            value => [design.name, 100 - 100 / value[0], value[1]])))));
      }
      if (data.runs.length > 1) {
        box.append(chartFigure(`${name}-runs`, `Median of each run: ${from}`, runsOption(point),
          () => [['design', ...data.runs.map(run => run.time)]].concat(
            point.designs.map(design => [design.name, ...design.ofEachRun]))));
      }
      box.append(element('h3', {}, 'Events for each fault ', csvButton(`${name}-events.csv`, () => eventRows(point))),
        efficiency(point, `${name}-events`));
    }
    point.missing.forEach(text => box.append(element('p', {class: 'missing'}, text)));
    return box;
  };

  document.getElementById('answer').append(data.answer);
  data.answers.forEach(text => document.getElementById('answers').append(element('p', {}, text)));
  document.getElementById('holds').append(data.holds);
  data.grounds.forEach(ground => {
    const id = 'ground-' + ground.key;
    document.getElementById('nav').append(element('a', {href: '#' + id}, ground.key));
    const section = element('section', {id}, element('h2', {}, ground.key),
      element('p', {class: 'stretch'}, `Figures in ${ground.currency}: ${ground.stretch}.`));
    ground.points.forEach((point, i) => section.append(pointSection(ground, point, i, i === 0)));
    ground.maps.forEach((map, i) => section.append(chartFigure(`${ground.key}-map-${i + 1}`,
      `${map.title}: ns for a fault over ${map.xName} and ${map.yName}; ${ground.currency}.`, mapOption(map),
      () => [[map.xName, map.yName, 'ns for a fault']].concat(map.values.map(
        value => [map.x[value[0]], map.y[value[1]], value[2]])))));
    document.getElementById('grounds').append(section);
  });
  data.runs.forEach((run, i) => {
    const rows = [['time', run.time + (run.interrupted ? ' (cut short)' : '')], ['commit', run.commit],
      ...Object.entries(run.environment)];
    document.getElementById('environment').append(element('details', i === 0 ? {open: ''} : {},
      element('summary', {}, `run ${i + 1}, ${run.time}`), element('p', {}, element('code', {}, run.command)),
      element('div', {class: 'scroll', tabindex: '0'}, element('table', {}, element('tbody', {}, rows.map(row =>
        element('tr', {}, element('th', {scope: 'row'}, row[0]), element('td', {class: 'text'}, row[1]))))))));
  });
  page.start();
})();
