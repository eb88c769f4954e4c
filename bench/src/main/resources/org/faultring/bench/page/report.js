(() => {
  const {data, element, figure, rounded, short, csvButton, hue, isDark, lineLook, frame, heatMap, chartFigure,
    replaceFigure, table} = page;

  // A design looks the same on all charts; its second run has the same hue, and hollow marks.
  const again = ' (again)';
  const first = name => name.endsWith(again) ? name.slice(0, -again.length) : name;
  const allNames = data.grounds.flatMap(ground => [...ground.points.flatMap(point => point.designs),
    ...ground.loads.flatMap(load => load.series)].map(design => design.name));
  const order = [...new Set(allNames.map(first))];
  const place = name => order.indexOf(first(name)) + (name.endsWith(again) ? 12 : 0);
  const look = name => lineLook(place(name));

  const paper = () => isDark() ? '#0d1117' : '#fff';

  // Vertical or horizontal lines from one end of an interval to the other; ends are [at, low, high].
  const interval = (name, ends, isUpright) => ({name, type: 'custom', z: 10,
    encode: isUpright ? {x: 0, y: [1, 2]} : {x: [1, 2], y: 0}, data: ends,
    renderItem: (params, api) => {
      const end = value => isUpright ? api.coord([api.value(0), value]) : api.coord([value, api.value(0)]);
      const [low, high] = [end(api.value(1)), end(api.value(2))];
      const style = {stroke: isUpright ? api.visual('color') : isDark() ? '#fff' : '#000', lineWidth: 1.5,
        opacity: isUpright ? 0.6 : 1};
      const line = (x1, y1, x2, y2) => ({type: 'line', shape: {x1, y1, x2, y2}, style});
      const [across, along] = isUpright ? [4, 0] : [0, 6];
      return {type: 'group', children: [line(...low, ...high), ...[low, high].map(([x, y]) =>
        line(x - across, y - along, x + across, y + along))]};
    }});

  // Bars from 0; where they would be too short to be told apart, marks on a logarithmic axis.
  const isWide = values => Math.max(...values) > 20 * Math.min(...values) && Math.min(...values) > 0;

  const costOption = (ground, point) => () => {
    const names = point.designs.map(design => design.name);
    const medians = point.designs.map(design => design.cost[0]);
    const wide = isWide(medians.filter(median => median !== null));
    return {
      height: 80 + names.length * (names.length > 14 ? 20 : 26),
      grid: {left: 20, right: 32, top: 12, bottom: 40, containLabel: true},
      tooltip: {trigger: 'item', formatter: item => {
        const cost = point.designs[item.dataIndex].cost;
        if (cost[0] === null) {
          return `${names[item.dataIndex]}: too few faults`;
        }
        return `${names[item.dataIndex]}: ${rounded(cost[0])} ns`
          + (cost[1] === null ? '' : ` (${rounded(cost[1])} to ${rounded(cost[2])})`);
      }},
      xAxis: {type: wide ? 'log' : 'value', name: `${point.figure}, ns${wide ? ', logarithmic' : ''}`,
        nameLocation: 'middle', nameGap: 26, ...(wide ? {} : {min: 0}), axisLabel: {formatter: short, hideOverlap: true}},
      yAxis: {type: 'category', data: names, inverse: true, axisLabel: {interval: 0}},
      series: [
        wide ? {name: ground.currency, type: 'scatter', symbol: 'rect', symbolSize: [6, 16], itemStyle: {color: hue(0)},
          data: medians.map((median, i) => [median, i])}
          : {name: ground.currency, type: 'bar', data: medians, barMaxWidth: 22, itemStyle: {color: hue(0)}},
        interval('99 % interval', point.designs.map((design, i) =>
          [i, design.cost[1] ?? design.cost[0], design.cost[2] ?? design.cost[0]]).filter(ends => ends[1] !== null)),
      ],
    };
  };

  const percentileOption = point => width => {
    const designs = point.designs.filter(design => design.percentiles.length > 0);
    return {
      ...frame(designs.map(design => design.name), width),
      tooltip: {trigger: 'axis', valueFormatter: value => rounded(value) + ' ns'},
      xAxis: {type: 'log', name: 'percentile', nameLocation: 'middle', nameGap: 26, min: 1, axisLabel: {hideOverlap: true,
        formatter: value => value <= 1 ? '0' : String(+(100 - 100 / value).toPrecision(7)) + ' %'}},
      yAxis: {type: 'log', name: 'ns', nameLocation: 'end', axisLabel: {formatter: short}},
      series: designs.map(design => ({...look(design.name), name: design.name, type: 'line', data: design.percentiles,
        symbolSize: 6, showAllSymbol: 'auto'})),
    };
  };

  const runsOption = point => width => ({
    ...frame(point.designs.map(design => design.name), width),
    tooltip: {trigger: 'axis', valueFormatter: value => rounded(value) + ' ns'},
    xAxis: {type: 'category', name: 'run', nameLocation: 'middle', nameGap: 26,
      data: data.runs.map((run, i) => String(i + 1))},
    yAxis: {...(isWide(point.designs.flatMap(design => design.ofEachRun).filter(value => value !== null))
      ? {type: 'log'} : {type: 'value', min: 0}),
    name: `${point.figure}, ns`, nameTextStyle: {align: 'left'}, axisLabel: {formatter: short}},
    series: point.designs.map(design => ({...look(design.name), name: design.name, type: 'line',
      data: design.ofEachRun})),
  });

  const mapOption = map => () => heatMap({name: map.title, x: map.x, y: map.y, xName: map.xName, yName: map.yName,
    cells: map.values, digits: rounded, told: ([x, y, value]) =>
      `${map.xName} ${map.x[x]}, ${map.yName} ${map.y[y]}: ${rounded(value)} ns`});

  // A rate may have been measured twice: the one that kept the limit is the knee.
  const isKnee = (series, point) => point.p99 !== null && point === series.points.filter(other =>
    other.offered === series.knee && other.p99 !== null).sort((one, other) => one.p99 - other.p99)[0];

  // p50 is drawn thin with small marks, p99 thick with large ones and its intervals.
  const loadOption = (ground, load) => width => {
    const line = (series, name, value) => ({...look(series.name), name, type: 'line', connectNulls: false,
      data: series.points.map(point => [point.offered, value(point)]).filter(pair => pair[1] !== null)});
    // Two knees may be near each other: each label stands a line lower than the one before.
    const mark = (series, i) => ({symbol: 'circle', symbolSize: 16,
      itemStyle: {color: 'transparent', borderColor: hue(place(series.name)), borderWidth: 2},
      label: {formatter: '{c}', position: 'bottom', distance: 4 + 15 * i, fontSize: 11, fontWeight: 'bold',
        color: hue(place(series.name)), backgroundColor: paper(), padding: 1},
      data: series.points.filter(point => isKnee(series, point))
        .map(point => ({name: 'knee', coord: [point.offered, point.p99], value: short(point.offered)}))});
    const [p99, p50] = [name => `${name} p99`, name => `${name} p50`];
    return {
      ...frame(load.series.flatMap(series => [p99(series.name), p50(series.name)]), width),
      tooltip: {trigger: 'item', formatter: item => `${item.seriesName}<br>${rounded(item.value[0])} faults a second: `
        + (item.value.length > 2 ? `${rounded(item.value[1])} to ${rounded(item.value[2])} ns`
          : `${rounded(item.value[1])} ns`)},
      xAxis: {type: 'log', name: 'faults offered a second', nameLocation: 'middle', nameGap: 26,
        axisLabel: {formatter: short, hideOverlap: true}},
      yAxis: {type: 'log', name: 'ns from the intended moment', nameTextStyle: {align: 'left'},
        axisLabel: {formatter: short}},
      series: load.series.flatMap((series, i) => [
        {...line(series, p99(series.name), point => point.p99), symbolSize: 9, markPoint: mark(series, i),
          ...(i === 0 && load.limit !== null ? {markLine: {silent: true, symbol: 'none',
            lineStyle: {color: isDark() ? '#fff' : '#000'},
            label: {formatter: `limit ${figure(load.limit)} ns`, position: 'insideStartTop',
              backgroundColor: paper(), padding: 1},
            data: [{yAxis: load.limit}]}} : {})},
        {...interval(p99(series.name), series.points.filter(point => point.low !== null)
          .map(point => [point.offered, point.low, point.high]), true), itemStyle: {color: hue(place(series.name))}},
        {...line(series, p50(series.name), point => point.p50), symbolSize: 4, lineStyle: {width: 1, type: 'dotted'}},
      ]),
    };
  };

  const loadRows = load => [['design', 'faults offered a second', 'answered a second', 'p50 ns', 'p99 ns', 'p99 low',
    'p99 high', 'knee']].concat(load.series.flatMap(series => series.points.map(point => [series.name, point.offered,
    point.answered, point.p50, point.p99, point.low, point.high, isKnee(series, point) ? 'knee' : ''])));

  const loadTable = (load, name) => table(name, ['design', 'faults offered a second', 'answered a second', 'p50, ns',
    'p99, ns', '99 % interval', ''], load.series.flatMap(series => series.points.map(point => [series.name,
    rounded(point.offered), rounded(point.answered), rounded(point.p50), rounded(point.p99),
    point.low === null ? '' : `${rounded(point.low)} to ${rounded(point.high)}`,
    isKnee(series, point) ? 'knee' : ''])));

  const loadFigure = (ground, load, name) => [
    element('h3', {}, `Latency against offered load: ${load.title}`),
    chartFigure(name, 'How long faults take at an offered load, from the intended moment, p99 with 99 % intervals, the '
      + 'knee marked '
      + (load.limit === null ? '(the highest load at which p99 is at most three times that at the lowest): '
        : '(the highest rate measured at which p99 stays under the limit): ')
      + `${ground.currency}, ${ground.stretch}; ${load.title}.`, loadOption(ground, load), () => loadRows(load)),
    loadTable(load, `${name}-points`),
  ];

  const occupancyOption = design => width => ({
    ...frame(Object.keys(design.occupancy.waiting), width),
    tooltip: {trigger: 'axis', valueFormatter: figure},
    xAxis: {type: 'value', name: 'host ms since the round began', nameLocation: 'middle', nameGap: 26,
      max: 'dataMax', axisLabel: {hideOverlap: true, showMaxLabel: false, formatter: figure}},
    yAxis: {type: 'value', name: 'waiting', nameTextStyle: {align: 'left'}, minInterval: 1},
    series: Object.entries(design.occupancy.waiting).map(([name, counts], i) => ({...lineLook(i), name, type: 'line',
      step: 'end', data: counts.map((count, at) => [design.occupancy.micros[at] / 1000, count]),
      symbolSize: 5, showAllSymbol: 'auto'})),
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

  const against = design => (design.ratio === null ? '' : design.ratio.toFixed(2) + ' ') + design.verdict;

  const costTable = (ground, point, name) => table(name,
    ['design', `${point.figure}, ns`, '99 % interval', 'faults a second',
      point.designs.some(design => design.name.endsWith(again)) ? 'against read (again: the first run)' : 'against read',
      'p50, ns', 'p90, ns', 'p99, ns', 'p99.9, ns', 'p99.99, ns', 'longest, ns', ''],
    point.designs.map(design => [design.name, rounded(design.cost[0]),
      design.cost[1] === null ? '' : `${rounded(design.cost[1])} to ${rounded(design.cost[2])}`,
      rounded(design.perSecond[0]), against(design),
      ...design.latency.map(rounded), design.bound ? 'bound by the raiser' : '']));

  const eventKinds = point => [...new Set(point.designs.flatMap(design => Object.keys(design.events)))];

  const eventRows = point => [['design', ...eventKinds(point), 'processor ns', 'bytes allocated']].concat(
    point.designs.map(design => [design.name, ...eventKinds(point).map(kind => design.events[kind] ?? null),
      design.cpu, design.allocated]));

  const efficiency = (point, name) => {
    const rows = eventRows(point);
    return table(name, rows[0], rows.slice(1).map(row => [row[0], ...row.slice(1, -2).map(figure),
      ...row.slice(-2).map(rounded)]));
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

  const isOneExperiment = data.runs.length === 0 && data.experiments.length === 1;
  if (isOneExperiment) {
    document.querySelector('h1').textContent = data.experiments[0].question;
  }
  document.getElementById('answer').append(data.answer);
  data.answers.forEach(text => document.getElementById('answers').append(element('p', {}, text)));
  document.getElementById('holds').append(data.holds);
  data.grounds.forEach(ground => {
    const id = 'ground-' + ground.key;
    document.getElementById('nav').append(element('a', {href: '#' + id}, ground.key));
    const section = element('section', {id}, element('h2', {}, ground.key),
      element('p', {class: 'stretch'}, `Figures in ${ground.currency}: ${ground.stretch}.`));
    ground.loads.forEach((load, i) => section.append(...loadFigure(ground, load, `${ground.key}-load-${i + 1}`)));
    if (ground.loads.some(load => load.limit !== null)) {
      section.append(element('h3', {}, 'What each does at most, in closed loop'));
    }
    ground.points.forEach((point, i) => section.append(pointSection(ground, point, i, i === 0)));
    ground.maps.forEach((map, i) => section.append(chartFigure(`${ground.key}-map-${i + 1}`,
      `${map.title}: ns for a fault over ${map.xName} and ${map.yName}; ${ground.currency}, ${ground.stretch}.`,
      mapOption(map),
      () => [[map.xName, map.yName, 'ns for a fault']].concat(map.values.map(
        value => [map.x[value[0]], map.y[value[1]], value[2]])))));
    document.getElementById('grounds').append(section);
  });
  experimentSections(data.experiments, page, isOneExperiment).forEach(section => {
    document.getElementById('nav').append(element('a', {href: '#' + section.id}, section.querySelector('h2').textContent));
    document.getElementById('grounds').append(section);
  });
  document.getElementById('nav').hidden = document.getElementById('nav').children.length < 2;
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
