(() => {
  const {data, symbols, dashes, element, figure, short, csvButton, hue, isDark, chartFigure, replaceFigure, table} = page;

  const costOption = (ground, point) => () => {
    const names = point.designs.map(design => design.name);
    return {
      grid: {left: 8, right: 24, top: 16, bottom: 40, containLabel: true},
      tooltip: {trigger: 'item', formatter: item => {
        const cost = point.designs[item.dataIndex].cost;
        if (cost[0] === null) {
          return `${names[item.dataIndex]}: too few faults`;
        }
        return `${names[item.dataIndex]}: ${figure(cost[0])} ns`
          + (cost[1] === null ? '' : ` (${figure(cost[1])} to ${figure(cost[2])})`);
      }},
      xAxis: {type: 'value', name: `${point.figure}, ns`, nameLocation: 'middle', nameGap: 26, min: 0,
        axisLabel: {formatter: short, hideOverlap: true}},
      yAxis: {type: 'category', data: names, inverse: true},
      series: [
        {name: ground.currency, type: 'bar', data: point.designs.map(design => design.cost[0]), barMaxWidth: 22},
        {name: '99 % interval', type: 'custom', z: 10,
          encode: {x: [1, 2], y: 0},
          data: point.designs.map((design, i) => [i, design.cost[1] ?? design.cost[0], design.cost[2] ?? design.cost[0]])
            .filter(ends => ends[1] !== null),
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
    yAxis: {type: 'value', name: `${point.figure}, ns`, nameTextStyle: {align: 'left'}, min: 0, axisLabel: {formatter: short}},
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

  // p50 is drawn thin and without a mark, p99 thick with the design's mark, so that both can be read without colour.
  const loadOption = (ground, load) => () => {
    const line = (series, i, name, value) => ({name, type: 'line', connectNulls: false,
      data: series.points.map(point => [point.offered, value(point)]).filter(pair => pair[1] !== null)});
    const mark = (series, text) => ({symbol: 'pin', symbolSize: 44, label: {formatter: text, fontSize: 10},
      data: series.points.filter(point => point.offered === series.knee && point.p99 !== null)
        .map(point => ({name: 'knee', coord: [point.offered, point.p99], value: short(point.offered)}))});
    return {
      grid: {left: 8, right: 32, top: 64, bottom: 40, containLabel: true},
      legend: {type: 'scroll', top: 0},
      tooltip: {trigger: 'item', formatter: item => `${item.seriesName}<br>${figure(item.value[0])} faults a second: `
        + `${figure(item.value[1])} ns`},
      xAxis: {type: 'log', name: 'faults offered a second', nameLocation: 'middle', nameGap: 26,
        axisLabel: {formatter: short, hideOverlap: true}},
      yAxis: {type: 'log', name: 'ns from the intended moment', nameTextStyle: {align: 'left'},
        axisLabel: {formatter: short}},
      series: load.series.flatMap((series, i) => [
        {...line(series, i, `${series.name} p99`, point => point.p99), symbol: symbols[i % symbols.length],
          symbolSize: 8, lineStyle: {type: dashes[i % dashes.length], width: 2.5}, itemStyle: {color: hue(i)},
          markPoint: mark(series, '{c}'),
          ...(i === 0 && load.limit !== null ? {markLine: {silent: true, symbol: 'none',
            label: {formatter: `limit ${short(load.limit)} ns`, position: 'insideStartTop'},
            data: [{yAxis: load.limit}]}} : {})},
        {...line(series, i, `${series.name} p50`, point => point.p50), symbol: 'none',
          lineStyle: {type: dashes[i % dashes.length], width: 1}, itemStyle: {color: hue(i)}},
      ]),
    };
  };

  const loadRows = load => [['design', 'faults offered a second', 'answered a second', 'p50 ns', 'p99 ns', 'p99 low',
    'p99 high', 'knee']].concat(load.series.flatMap(series => series.points.map(point => [series.name, point.offered,
    point.answered, point.p50, point.p99, point.low, point.high, point.offered === series.knee ? 'knee' : ''])));

  const loadTable = (load, name) => {
    const rows = loadRows(load);
    return table(name, rows[0], rows.slice(1).map(row => [row[0], ...row.slice(1, 7).map(figure), row[7]]));
  };

  const loadFigure = (ground, load, name) => [
    element('h3', {}, 'Latency against offered load'),
    chartFigure(name, `How long faults take at an offered load, from the intended moment, with the knee marked `
      + (load.limit === null ? '(the highest load at which p99 is at most three times that at the lowest): '
        : '(the highest rate measured at which p99 stays under the limit): ')
      + `${ground.currency}, ${ground.stretch}; ${load.title}.`, loadOption(ground, load), () => loadRows(load)),
    loadTable(load, `${name}-points`),
  ];

  const occupancyOption = design => () => ({
    grid: {left: 8, right: 24, top: 56, bottom: 40, containLabel: true},
    legend: {type: 'scroll', top: 0},
    tooltip: {trigger: 'axis', valueFormatter: figure},
    xAxis: {type: 'value', name: 'host ms since the round began', nameLocation: 'middle', nameGap: 26,
      max: 'dataMax', axisLabel: {hideOverlap: true, formatter: figure}},
    yAxis: {type: 'value', name: 'waiting', nameTextStyle: {align: 'left'}, minInterval: 1},
    series: Object.entries(design.occupancy.waiting).map(([name, counts], i) => ({name, type: 'line', step: 'end',
      data: counts.map((count, at) => [design.occupancy.micros[at] / 1000, count]),
      symbol: symbols[i % symbols.length], symbolSize: 5, showAllSymbol: 'auto',
      lineStyle: {type: dashes[i % dashes.length]}})),
  });

  const occupancyRows = design => [['host us', ...Object.keys(design.occupancy.waiting)]].concat(
    design.occupancy.micros.map((micros, at) => [micros,
      ...Object.values(design.occupancy.waiting).map(counts => counts[at])]));

  const occupancies = (point, name) => {
    const known = point.designs.filter(design => design.occupancy !== null);
    if (known.length === 0) {
      return [];
    }
    const box = element('div', {});
    const choice = element('select', {'aria-label': 'design whose queues are shown'},
      known.map(design => element('option', {}, design.name)));
    const show = () => {
      const shownDesign = known[choice.selectedIndex];
      replaceFigure(box, chartFigure(`${name}-occupancy`, 'How much waits where over the last round, as counters say '
        + `a thousand times a second at most: ${shownDesign.name}; ${point.title}.`, occupancyOption(shownDesign),
      () => occupancyRows(shownDesign)));
    };
    choice.addEventListener('change', show);
    show();
    return [element('h3', {}, 'Queues over time ', choice), box];
  };

  const costRows = point => [['design', `${point.figure}, ns`, 'low', 'high', 'faults a second', 'against read', 'verdict',
    'p50 ns', 'p90 ns', 'p99 ns', 'p99.9 ns', 'p99.99 ns', 'longest ns']].concat(point.designs.map(design =>
    [design.name, ...design.cost, design.perSecond[0], design.ratio, design.verdict, ...design.latency]));

  const costTable = (ground, point, name) => table(name,
    ['design', `${point.figure}, ns`, '99 % interval', 'faults a second', 'against read', 'p50', 'p90', 'p99', 'p99.9',
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
        chartFigure(`${name}-cost`, `Median ${point.figure}, with 99 % intervals over rounds: ${from}`,
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
      box.append(...occupancies(point, name));
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
    ground.loads.forEach((load, i) => section.append(...loadFigure(ground, load, `${ground.key}-load-${i + 1}`)));
    ground.points.forEach((point, i) => section.append(pointSection(ground, point, i, i === 0)));
    ground.maps.forEach((map, i) => section.append(chartFigure(`${ground.key}-map-${i + 1}`,
      `${map.title}: ns for a fault over ${map.xName} and ${map.yName}; ${ground.currency}.`, mapOption(map),
      () => [[map.xName, map.yName, 'ns for a fault']].concat(map.values.map(
        value => [map.x[value[0]], map.y[value[1]], value[2]])))));
    document.getElementById('grounds').append(section);
  });
  experimentSections(data.experiments, page).forEach(section => {
    document.getElementById('nav').append(element('a', {href: '#' + section.id}, section.id));
    document.getElementById('grounds').append(section);
  });
  document.getElementById('environment').hidden = data.runs.length === 0;
  document.getElementById('answers').hidden = data.answers.length === 0;
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
