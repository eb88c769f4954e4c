/* Sections of experiments, drawn with the tools of the page. */
const experimentSections = (experiments, tools) => {
  const {element, figure, short, chartFigure, table, symbols, dashes} = tools;

  const currency = (experiment, measure) => measure.currency === 'events' ? 'events'
    : `virtual time under profile ${experiment.profile}`;
  const label = axis => axis.unit ? `${axis.key}, ${axis.unit}` : axis.key;

  // Every combination of the values of some axes.
  const combinations = axes => axes.reduce((all, axis) => all.flatMap(one =>
    axis.values.map(value => ({...one, [axis.key]: value}))), [{}]);

  const mapOption = (x, y, measure, points) => () => {
    const cells = points.filter(point => measure.key in point.values).map(point =>
      [x.values.indexOf(point.at[x.key]), y.values.indexOf(point.at[y.key]), point.values[measure.key]]);
    const values = cells.map(cell => cell[2]);
    return {
      aria: {enabled: true, decal: {show: false}},
      grid: {left: 8, right: 24, top: 36, bottom: 90, containLabel: true},
      tooltip: {formatter: item => `${x.key} ${x.values[item.value[0]]}, ${y.key} ${y.values[item.value[1]]}: `
        + `${figure(item.value[2])} ${measure.unit}`},
      xAxis: {type: 'category', data: x.values, name: label(x), nameLocation: 'middle', nameGap: 26},
      yAxis: {type: 'category', data: y.values, name: label(y), nameTextStyle: {align: 'left'}},
      visualMap: {min: Math.min(...values), max: Math.max(...values), orient: 'horizontal', left: 'center', bottom: 0,
        calculable: true, formatter: figure, inRange: {color: ['#ffffcc', '#fd8d3c', '#800026']}},
      series: [{name: measure.key, type: 'heatmap', data: cells,
        label: {show: true, formatter: item => figure(item.value[2])}}],
    };
  };

  const curvesOption = (x, y, measure, points) => () => {
    const values = points.map(point => point.values[measure.key]).filter(value => value !== undefined);
    const isWide = Math.min(...values) > 0 && Math.max(...values) > 50 * Math.min(...values);
    return {
      grid: {left: 8, right: 24, top: 56, bottom: 40, containLabel: true},
      legend: {type: 'scroll', top: 0},
      tooltip: {trigger: 'axis', valueFormatter: value => `${figure(value)} ${measure.unit}`},
      xAxis: {type: 'category', data: x.values, name: label(x), nameLocation: 'middle', nameGap: 26},
      yAxis: {type: isWide ? 'log' : 'value', name: measure.unit, nameTextStyle: {align: 'left'},
        axisLabel: {formatter: short}},
      series: y.values.map((value, i) => ({name: `${y.key} ${value}`, type: 'line',
        data: x.values.map(at => points.find(point => point.at[x.key] === at && point.at[y.key] === value)
          ?.values[measure.key] ?? null),
        symbol: symbols[i % symbols.length], symbolSize: 7, lineStyle: {type: dashes[i % dashes.length], width: 2}})),
    };
  };

  const plotFigures = (experiment, plot, number) => {
    const axis = key => experiment.axes.find(one => one.key === key);
    const [x, y] = [axis(plot.x), axis(plot.y)];
    const measure = experiment.measures.find(one => one.key === plot.measure);
    const rest = experiment.axes.filter(one => one !== x && one !== y);
    const option = plot.kind === 'heat-map' ? mapOption : curvesOption;
    return combinations(rest).map((fixed, i) => {
      const points = experiment.points.filter(point =>
        Object.entries(fixed).every(([key, value]) => point.at[key] === value));
      const where = rest.map(one => `${one.key} ${fixed[one.key]}${one.unit ? ' ' + one.unit : ''}`).join(', ');
      return chartFigure(`${experiment.experiment}-${number}-${i + 1}`,
        `${where ? where + ': ' : ''}${measure.key}, ${measure.meaning}; ${measure.unit} `
        + `(${currency(experiment, measure)}) over ${x.key} and ${y.key}.`, option(x, y, measure, points),
        () => [[x.key, y.key, measure.key]].concat(points.map(point =>
          [point.at[x.key], point.at[y.key], point.values[measure.key] ?? null])));
    });
  };

  const plotBox = (experiment, plot, number) => {
    const figures = plotFigures(experiment, plot, number);
    const more = figures.slice(1);
    const parts = [element('h3', {}, `${plot.measure} over ${plot.x} and ${plot.y}`), figures[0]];
    if (more.length > 0) {
      parts.push(element('details', {}, element('summary', {}, `${more.length} more of these`), more));
    }
    return parts;
  };

  const pointTable = experiment => table(`${experiment.experiment}-points`,
    [...experiment.axes.map(label), ...experiment.measures.map(measure => measure.key)],
    experiment.points.map(point => [...experiment.axes.map(axis => point.at[axis.key]),
      ...experiment.measures.map(measure => figure(point.values[measure.key]))]));

  return experiments.map(experiment => element('section', {id: 'experiment-' + experiment.experiment},
    element('h2', {}, experiment.experiment), element('p', {}, experiment.question),
    element('p', {class: 'finding'}, experiment.finding),
    experiment.plots.map((plot, i) => plotBox(experiment, plot, i + 1)).flat(),
    element('p', {}, 'Shows: ' + experiment.shows), element('p', {}, 'Does not show: ' + experiment.doesNotShow),
    element('details', {}, element('summary', {}, `all ${experiment.points.length} points`), pointTable(experiment),
      experiment.measures.map(measure => element('p', {class: 'caption'},
        `${measure.key}: ${measure.meaning}; ${measure.unit} (${currency(experiment, measure)})`))),
    experiment.points.flatMap(point => point.violations.map(violation => element('p', {class: 'missing'},
      `${Object.entries(point.at).map(pair => pair.join(' ')).join(', ')}: no result, not conserved: ${violation}`))),
    element('p', {}, element('code', {}, experiment.command))));
};
