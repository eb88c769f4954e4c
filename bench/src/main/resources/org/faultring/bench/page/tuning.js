(() => {
  const {data, element, figure, rounded, short, isDark, lineLook, frame, heatMap, chartFigure, table} = page;

  const words = {kept: 'kept', missed: 'missed', notCertain: 'not certain', met: 'kept', open: 'not certain'};
  const steps = curve => Object.entries(curve).map(([value, evaluation]) => ({value: Number(value), ...evaluation}))
    .sort((one, other) => one.value - other.value);
  const percent = (value, from) => {
    const change = 100 * (value / from - 1);
    return change.toLocaleString('en',
      {maximumFractionDigits: Math.abs(change) < 10 ? 1 : 0, signDisplay: 'exceptZero'}) + ' %';
  };

  const logAxis = name => ({type: 'log', name, nameLocation: 'end', nameTextStyle: {align: 'left'},
    axisLabel: {formatter: short}});
  const category = (name, values) => ({type: 'category', name, nameLocation: 'middle', nameGap: 26,
    data: values.map(String)});

  const line = (name, values, i) => ({...lineLook(i), name, type: 'line', data: values, symbolSize: 8});

  const chosenLine = value => ({silent: true, symbol: 'none', label: {formatter: 'answer', position: 'insideEndBottom'},
    data: [{xAxis: String(value)}]});

  const kneeOption = (name, points, chosen) => width => ({
    ...frame(['p99', 'p50'], width),
    tooltip: {trigger: 'axis', valueFormatter: value => rounded(value) + ' ns'},
    xAxis: category(name, points.map(point => point.value)),
    yAxis: logAxis('virtual ns'),
    series: [
      {...line('p99', points.map(point => point.p99Nanos), 0), markLine: chosenLine(chosen)},
      line('p50', points.map(point => point.p50Nanos), 1),
    ],
  });

  // What is rare has an interval: of overflows if they are bounded, of losses if these are; else means alone.
  const rareOf = points => {
    if (points.some(point => point.lost)) {
      return {name: 'share of events lost', of: point => point.lost};
    }
    if (points.some(point => point.overflows)) {
      return {name: 'overflow episodes per second', of: point => point.overflows};
    }
    return {name: 'overflow episodes per second',
      of: point => ({mean: point.overflowsPerSecond, low: point.overflowsPerSecond, high: point.overflowsPerSecond})};
  };

  const rareOption = (name, points, rare, chosen) => width => {
    const ends = points.map(rare.of);
    const positive = ends.flatMap(end => [end.mean, end.low, end.high]).filter(value => value > 0);
    // A logarithm has no nought: what may be nought goes down to the edge.
    const floor = Math.min(...positive) / 10;
    return {
      ...frame([rare.name, 'interval'], width),
      tooltip: {trigger: 'item', formatter: item => {
        const end = ends[item.dataIndex];
        return `${name} ${points[item.dataIndex].value}: ${end.mean.toPrecision(3)} `
          + `(${end.low.toPrecision(3)} to ${end.high.toPrecision(3)})`;
      }},
      xAxis: category(name, points.map(point => point.value)),
      yAxis: {...logAxis(rare.name), min: floor, axisLabel: {formatter: value => Number(value).toPrecision(1)}},
      series: [
        {...line(rare.name, ends.map(end => end.mean > 0 ? end.mean : null), 0), markLine: chosenLine(chosen)},
        {name: 'interval', type: 'custom', z: 10, encode: {x: 0, y: [1, 2]},
          data: ends.map((end, i) => [i, Math.max(end.low, floor), Math.max(end.high, floor)]),
          renderItem: (params, api) => {
            const low = api.coord([api.value(0), api.value(1)]);
            const high = api.coord([api.value(0), api.value(2)]);
            const style = {stroke: isDark() ? '#fff' : '#000', lineWidth: 1.5};
            const stroke = (x1, y1, x2, y2) => ({type: 'line', shape: {x1, y1, x2, y2}, style});
            return {type: 'group', children: [stroke(low[0], low[1], high[0], high[1]),
              stroke(low[0] - 6, low[1], low[0] + 6, low[1]), stroke(high[0] - 6, high[1], high[0] + 6, high[1])]};
          }},
      ],
    };
  };

  const occupancyOption = points => width => ({
    ...frame(['in the hardware\'s queue', 'in flight'], width),
    tooltip: {trigger: 'item', formatter: item => `${item.seriesName}: at most ${figure(item.value[0])} for `
      + `${figure(100 * item.value[1])} % of the time`},
    xAxis: {type: 'value', name: 'requests', nameLocation: 'middle', nameGap: 26, min: 0},
    yAxis: {type: 'value', name: 'share of the time', nameTextStyle: {align: 'left'}, min: 0, max: 1},
    series: [['in the hardware\'s queue', 'queued'], ['in flight', 'flying']].map(([name, key], i) => ({
      ...line(name, points.map(point => [point[key], point.share]), i), step: 'end', symbolSize: 5})),
  });

  const loadOption = loads => width => ({
    ...frame(['p99', 'p50'], width),
    tooltip: {trigger: 'axis', valueFormatter: value => rounded(value) + ' ns'},
    xAxis: category('load, share of the capacity', Object.keys(loads)),
    yAxis: logAxis('virtual ns'),
    series: [line('p99', Object.values(loads).map(load => load.p99Nanos), 0),
      line('p50', Object.values(loads).map(load => load.p50Nanos), 1)],
  });

  const sizesTable = (result, name) => table(name, ['size', 'recommended', 'a step down', 'a step up'],
    Object.entries(result.sizes).map(([key, chosen]) => {
      const curve = steps(result.curves[key]);
      const below = curve.filter(point => point.value < chosen).pop();
      const above = curve.find(point => point.value > chosen);
      const told = point => point === undefined ? 'none' : point.objective === 'kept'
        ? `${figure(point.value)}: ${figure(point.bytes - result.answer.bytes)} bytes, `
          + `p99 ${percent(point.p99Nanos, result.answer.p99Nanos)}`
        : `${figure(point.value)}: objective ${words[point.objective]}`;
      return [key, figure(chosen), told(below), told(above)];
    }));

  const bounds = ['overflows', 'goodput', 'p99', 'lost', 'bytes'];
  const boundsTable = (result, name) => table(name, ['bound', 'mean', 'interval', 'objective'],
    bounds.filter(bound => result.answer[bound] && result.answer[bound].verdict).map(bound => {
      const {mean, low, high, verdict} = result.answer[bound];
      return [`${bound} ${result.scenario['objective.' + bound]}`, rounded(mean), `${rounded(low)} to ${rounded(high)}`,
        words[verdict]];
    }));

  const pricesTable = (result, name) => table(name, ['price', 'p99 ns', 'p99', 'goodput', 'objective'],
    Object.entries(result.prices).filter(([, moved]) =>
      Math.abs(moved.p99Nanos / result.answer.p99Nanos - 1) >= 0.02 || moved.objective !== 'kept')
      .map(([price, moved]) => [price, rounded(moved.p99Nanos), percent(moved.p99Nanos, result.answer.p99Nanos),
        figure(moved.goodputShare), words[moved.objective]]));

  const curveRows = points => [['value', 'p50 ns', 'p99 ns', 'overflows per second', 'events lost', 'bytes', 'objective']]
    .concat(points.map(point => [point.value, point.p50Nanos, point.p99Nanos, point.overflowsPerSecond,
      point.eventsLostShare, point.bytes, point.objective]));

  const tuningSection = (result, index) => {
    const name = `tuning-${index + 1}`;
    const design = result.scenario['delivery.design'] || 'read';
    const title = `${result.scenario.name || 'scenario'}, ${design}`;
    const from = `virtual ns under profile ${result.profile}.`;
    const section = element('section', {id: name}, element('h2', {}, title),
      element('p', {class: 'stretch'}, (result.scenario.about || '').replace(/([^.])[.]?$/, '$1. ')
        + `The path does at most ${rounded(result.capacityFaultsPerSecond)} faults a virtual second; figures in ${from}`));
    if (!result.possible) {
      section.append(element('p', {class: 'missing'}, 'The objective is not certain to be kept, even with room for '
        + 'everything.'), boundsTable(result, `${name}-bounds`));
      return section;
    }
    section.append(element('h3', {}, 'Smallest sizes that keep the objective'), sizesTable(result, `${name}-sizes`),
      element('p', {class: 'caption'}, `All queues and buffers: ${figure(result.answer.bytes)} bytes. Binds first: `
        + `${result.bindsFirst || 'nothing, every size is the smallest there is'}.`),
      boundsTable(result, `${name}-bounds`));
    Object.entries(result.curves).forEach(([key, curve]) => {
      const points = steps(curve);
      const chosen = result.sizes[key];
      section.append(chartFigure(`${name}-knee-${key}`, `Latency over ${key}, all else as in the answer; ${from}`,
        kneeOption(key, points, chosen), () => curveRows(points)));
      const rare = rareOf(points);
      if (points.some(point => rare.of(point).mean > 0)) {
        section.append(chartFigure(`${name}-rare-${key}`, `${rare.name[0].toUpperCase()}${rare.name.slice(1)} over ${key}, with `
          + 'intervals; down to the edge where none was seen.', rareOption(key, points, rare, chosen), () => curveRows(points)));
      }
    });
    if (result.occupancy.length > 0) {
      section.append(chartFigure(`${name}-occupancy`, 'Requests in the hardware\'s queue and in flight, at most, '
        + 'for a share of the time; one run of the answer.', occupancyOption(result.occupancy),
        () => [['share', 'queued', 'in flight']].concat(result.occupancy.map(
          point => [point.share, point.queued, point.flying]))));
    }
    if (Object.keys(result.loads).length > 0) {
      section.append(chartFigure(`${name}-loads`, `Latency over load, sizes of the answer; ${from}`,
        loadOption(result.loads), () => curveRows(Object.entries(result.loads).map(
          ([load, evaluation]) => ({value: load, ...evaluation})))));
    }
    section.append(element('h3', {}, 'Prices halved and doubled that move p99 by 2 % or more'),
      pricesTable(result, `${name}-prices`));
    return section;
  };

  const mapOption = map => () => heatMap({name: map.title, x: map.x, y: map.y, xName: map.xName, yName: map.yName,
    cells: map.values, digits: short, told: ([x, y, value]) =>
      `${map.xName} ${map.x[x]}, ${map.yName} ${map.y[y]}: ${rounded(value)} ns`});

  const frontOption = points => width => {
    const front = points.filter(point => point.front).sort((one, other) => one.bytes - other.bytes);
    const spot = point => ({value: [point.bytes, point.p99Nanos], name: point.title});
    return {
      ...frame(['nothing is better in both', 'others'], width),
      tooltip: {trigger: 'item', formatter: item => `${item.name}: ${figure(item.value[0])} bytes, `
        + `p99 ${figure(item.value[1])} ns`},
      xAxis: {type: 'log', name: 'bytes of all queues and buffers', nameLocation: 'middle', nameGap: 26,
        axisLabel: {formatter: short, hideOverlap: true}},
      yAxis: logAxis('p99, virtual ns'),
      series: [
        {name: 'nothing is better in both', type: 'line', step: 'end', data: front.map(spot), ...lineLook(0),
          symbolSize: 9},
        {name: 'others', type: 'scatter', data: points.filter(point => !point.front).map(spot), symbol: 'rect',
          symbolSize: 7},
      ],
    };
  };

  const pointRows = sweep => [[...sweep.keys, 'runs', 'bytes', 'p99 ns', 'overflows per second', 'goodput', 'front']].concat(
    sweep.points.map(point => [...point.values, point.runs, point.bytes, point.p99Nanos, point.overflowsPerSecond,
      point.goodput, point.front]));

  const sweepSection = (sweep, index) => {
    const name = `sweep-${index + 1}`;
    const section = element('section', {id: name}, element('h2', {}, `sweep over ${sweep.keys.join(', ')}`),
      element('p', {class: 'stretch'}, `${figure(sweep.points.length)} points; means over the seeds of a point, in `
        + 'virtual ns.'));
    sweep.maps.forEach((map, i) => section.append(chartFigure(`${name}-map-${i + 1}`, `${map.title}: p99 over `
      + `${map.xName} and ${map.yName}.`, mapOption(map), () => [[map.xName, map.yName, 'p99 ns']].concat(
      map.values.map(value => [map.x[value[0]], map.y[value[1]], value[2]])))));
    if (sweep.points.length > 0) {
      section.append(chartFigure(`${name}-front`, 'Memory against tail latency: on the line are the points that none '
        + 'beats in both.', frontOption(sweep.points), () => pointRows(sweep)));
      const front = sweep.points.filter(point => point.front).sort((one, other) => one.bytes - other.bytes);
      section.append(table(`${name}-front`, [...sweep.keys, 'bytes', 'p99 ns', 'overflows/s', 'goodput'],
        front.map(point => [...point.values, figure(point.bytes), rounded(point.p99Nanos),
          rounded(point.overflowsPerSecond), figure(point.goodput)])));
    }
    if (sweep.refused > 0) {
      section.append(element('p', {class: 'missing'}, `Runs with values that cannot be: ${figure(sweep.refused)}.`));
    }
    return section;
  };

  document.getElementById('answer').append(data.answer);
  document.getElementById('answers').remove();
  document.getElementById('holds').append(data.holds);
  const nav = document.getElementById('nav');
  const add = section => {
    nav.append(element('a', {href: '#' + section.id}, section.querySelector('h2').textContent));
    document.getElementById('grounds').append(section);
  };
  data.results.forEach((result, i) => add(tuningSection(result, i)));
  data.sweeps.forEach((sweep, i) => add(sweepSection(sweep, i)));
  data.commands.forEach(command => document.getElementById('environment').append(
    element('p', {}, element('code', {}, command))));
  data.results.forEach((result, i) => document.getElementById('environment').append(element('details', {},
    element('summary', {}, `scenario ${i + 1}`), element('div', {class: 'scroll', tabindex: '0'}, element('table', {},
      element('tbody', {}, Object.entries(result.scenario).map(([key, value]) => element('tr', {},
        element('th', {scope: 'row'}, key), element('td', {class: 'text'}, value)))))))));
  page.start();
})();
